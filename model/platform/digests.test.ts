import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { platform } from '../../platform/platform';
import { field, findObject, objectsOf } from '../../testing/rendered';
import { digestsSchema, withDigests } from './digests';
import { PlatformError } from './problems';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const committed = readFileSync(path.join(__dirname, '../../platform/digests.yaml'), 'utf8');
const recorded = `# A comment.\ndigests:\n  api:\n    tag: 1.0.0\n    digest: ${DIGEST}\n`;

function messageFor(text: string): string {
  try {
    withDigests(platform, text);
  } catch (error) {
    if (error instanceof PlatformError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
}

function imageOf(text: string): unknown {
  const objects = objectsOf(withDigests(platform, text), 'phase-1', 'europe-west4');
  return field(findObject(objects, 'Deployment', 'api'), 'spec', 'template', 'spec', 'containers', 0, 'image');
}

test('the committed file is accepted', () => {
  expect(() => withDigests(platform, committed)).not.toThrow();
});

test('a digest reaches the manifests behind the tag; without one the tag stands alone', () => {
  expect(imageOf(recorded)).toBe(`registry.example.com/aia/api:1.0.0@${DIGEST}`);
  expect(imageOf('digests: {}\n')).toBe('registry.example.com/aia/api:1.0.0');
});

test('the data itself is left alone', () => {
  withDigests(platform, recorded);
  expect(platform.images.api).not.toHaveProperty('digest');
});

test.each([
  [
    'a digest that was recorded for another tag',
    recorded.replace('1.0.0', '0.9.0'),
    /digests\.yaml:4:10: digests\.api\.tag: "0\.9\.0" is not the tag of platform\/images\.ts, which is "1\.0\.0".*\n.*remove api here/,
  ],
  [
    'an image that is not there',
    recorded.replace('api:', 'app:'),
    /digests\.yaml:3:3: digests\.app is no image of platform\/images\.ts\n.*write one of api, /,
  ],
  [
    'what is no digest',
    recorded.replace(DIGEST, 'sha256:abc'),
    /digests\.yaml:5:13: digests\.api\.digest: "sha256:abc" is not a sha256 digest\n.*64 digits/,
  ],
  [
    'a tag that YAML reads as a number',
    recorded.replace('1.0.0', '1.0'),
    /digests\.yaml:4:10: digests\.api\.tag: 1 is not what belongs here/,
  ],
  ['a missing digest', recorded.replace(/ {4}digest.*\n/, ''), /digests\.yaml:3:3: digests\.api\.digest is missing/],
  ['an unknown field', `${recorded}    size: 1\n`, /digests\.yaml:6:11: digests\.api\.size is not a field/],
  ['a syntax error', recorded.replace('api:', 'api: ['), /digests\.yaml:\d+:\d+: the file is not YAML/],
])('%s is refused with line, column and remedy', (_, text, expected) => {
  expect(messageFor(text)).toMatch(expected);
});

test('a digest written into images.ts is refused: there is one place for it', () => {
  const { api } = platform.images;
  if (api === undefined) throw new Error('no image api');
  const wrong = { ...platform, images: { ...platform.images, api: { ...api, digest: DIGEST } } };
  expect(() => withDigests(wrong, committed)).toThrow(
    /images\.ts: api\.digest belongs in platform\/digests\.yaml.*\n.*set-digest\.mjs api 1\.0\.0 sha256:/,
  );
});

test('the schema for editors says what the program checks', () => {
  const file: unknown = JSON.parse(readFileSync(path.join(__dirname, '../../platform/digests.schema.json'), 'utf8'));
  expect(file).toEqual(z.toJSONSchema(digestsSchema));
});
