/**
 * What a node downloads for an image, from the manifests that a registry serves.
 *
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md and image-index.md beside it; Docker's
 *   manifest (schema 2) and manifest list have the same fields.
 */
import * as z from 'zod';

const descriptor = z.object({ digest: z.string(), size: z.int().min(0) });
const manifest = z.object({ config: descriptor, layers: z.array(descriptor) });
const index = z.object({
  manifests: z.array(
    descriptor.extend({
      platform: z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() }).optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** The size of an image for one platform. */
export interface ImageSize {
  /** `linux/amd64`; empty where a single manifest doesn't say. */
  readonly platform: string;
  /** Compressed bytes: the configuration and every layer. What an image and the node share is not taken off. */
  readonly bytes: number;
}

/** Text that is no manifest, or an index whose manifests are not all there. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';

  /** @param missing digests of manifests that an index names and nobody gave */
  constructor(
    message: string,
    readonly missing: readonly string[] = [],
  ) {
    super(message);
  }
}

/**
 * The sizes of an image, one a platform.
 *
 * @param text a manifest or an index, as JSON
 * @param find gives the text of a manifest that an index names, by its digest; undefined where it isn't there
 * @throws ManifestError
 */
export function imageSizes(text: string, find: (digest: string) => string | undefined): readonly ImageSize[] {
  return sizesOf(text, '', find);
}

function sizesOf(text: string, platform: string, find: (digest: string) => string | undefined): ImageSize[] {
  const data = parseJson(text);
  const single = manifest.safeParse(data);
  if (single.success) {
    const { config, layers } = single.data;
    return [{ platform, bytes: layers.reduce((sum, { size }) => sum + size, config.size) }];
  }
  const list = index.safeParse(data);
  if (!list.success) throw new ManifestError('is neither an image manifest nor an index of manifests');
  // What BuildKit adds about an image (provenance, SBOM) stands in the index beside it; no node downloads that.
  const images = list.data.manifests.filter(
    (entry) => entry.annotations?.['vnd.docker.reference.type'] !== 'attestation-manifest',
  );
  if (images.length === 0) throw new ManifestError('is an index without an image');
  const found = images.map((entry) => ({ entry, text: find(entry.digest) }));
  const missing = found.filter((one) => one.text === undefined).map(({ entry }) => entry.digest);
  if (missing.length > 0) throw new ManifestError(`is an index whose manifests are not there`, missing);
  return found.flatMap(({ entry, text: inner }) =>
    sizesOf(inner ?? '', platformText(entry.platform) || platform, find),
  );
}

function platformText(
  platform: { os: string; architecture: string; variant?: string | undefined } | undefined,
): string {
  return platform === undefined
    ? ''
    : [platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined).join('/');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ManifestError(`is not JSON: ${(error as Error).message}`);
  }
}
