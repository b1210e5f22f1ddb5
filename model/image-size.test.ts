import { imageSizes, ManifestError } from './image-size';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const layer = (size: number): object => ({ mediaType: 'application/x', digest: digest('0'), size });
const manifest = (...sizes: number[]): string =>
  JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config: layer(1000), layers: sizes.map(layer) });
const index = (...manifests: object[]): string => JSON.stringify({ schemaVersion: 2, manifests });
const entry = (letter: string, architecture: string, more: object = {}): object => ({
  mediaType: MANIFEST,
  digest: digest(letter),
  size: 500,
  platform: { os: 'linux', architecture, ...more },
});

test('a manifest: the sum of its layers and its configuration', () => {
  expect(imageSizes(manifest(20_000, 3), () => undefined)).toEqual([{ platform: '', bytes: 21_003 }]);
});

test('an index: each platform by itself, and nobody downloads both', () => {
  const inner = new Map([
    [digest('a'), manifest(7000)],
    [digest('b'), manifest(9000)],
  ]);
  const text = index(entry('a', 'amd64'), entry('b', 'arm', { variant: 'v7' }));
  expect(imageSizes(text, (name) => inner.get(name))).toEqual([
    { platform: 'linux/amd64', bytes: 8000 },
    { platform: 'linux/arm/v7', bytes: 10_000 },
  ]);
});

test('what BuildKit attests beside an image does not count', () => {
  const attestation = {
    ...entry('c', 'unknown'),
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
  };
  const text = index(entry('a', 'amd64'), attestation);
  expect(imageSizes(text, (name) => (name === digest('a') ? manifest(1) : undefined))).toHaveLength(1);
});

test('an index in an index, as an OCI layout has it', () => {
  const inner = new Map([
    [digest('d'), index(entry('a', 'arm64'))],
    [digest('a'), manifest(1)],
  ]);
  const outer = index({ mediaType: 'application/vnd.oci.image.index.v1+json', digest: digest('d'), size: 9 });
  expect(imageSizes(outer, (name) => inner.get(name))).toEqual([{ platform: 'linux/arm64', bytes: 1001 }]);
});

test('a manifest that an index names and nobody gave is asked for by its digest', () => {
  const sizes = (): unknown => imageSizes(index(entry('a', 'amd64')), () => undefined);
  expect(sizes).toThrow(ManifestError);
  expect(sizes).toThrow(expect.objectContaining({ missing: [digest('a')] }) as Error);
});

test.each([
  ['text', 'no JSON', /is not JSON/],
  ['another document', '{"schemaVersion": 1}', /neither an image manifest nor an index/],
  ['a negative size', manifest(-1), /neither/],
  ['an index of nothing', index(), /without an image/],
])('%s is refused', (_, text, expected) => {
  expect(() => imageSizes(text, () => undefined)).toThrow(expected);
});
