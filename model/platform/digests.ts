import * as z from 'zod';
import { imageDigest } from './image';
import type { Platform } from './platform';
import { PlatformError, type Problem } from './problems';
import { SOURCES } from './sources';
import { readYamlSource } from './yaml-source';

/** Shape of `platform/digests.yaml`; `platform/digests.schema.json` is the same for editors. */
export const digestsSchema = z.strictObject({
  digests: z.record(z.string(), z.strictObject({ tag: z.string(), digest: imageDigest })),
});

/**
 * The platform with the digests that are known, so that its manifests say `repository:tag@sha256:…`.
 *
 * @param text content of `platform/digests.yaml`
 * @throws PlatformError with line and column of every problem: an image that is not there, or a digest that belongs
 *   to another tag than the one in `platform/images.ts`. Kubernetes pulls by digest and doesn't look at the tag, so
 *   such a manifest would run one version and name another.
 */
export function withDigests(platform: Platform, text: string): Platform {
  const { data, report } = readYamlSource(SOURCES.digests, text, digestsSchema, {
    invalidValue: 'is none of the values this field takes',
    form: 'write "digests: { <image>: { tag: <tag>, digest: sha256:<64 digits> } }" in block style',
  });
  const problems = Object.entries(platform.images).flatMap(([name, image]) => inlineProblems(name, image));
  const images = { ...platform.images };
  for (const [name, { tag, digest }] of Object.entries(data.digests)) {
    const image = Object.hasOwn(images, name) ? images[name] : undefined;
    if (image === undefined) {
      const fix = `write one of ${Object.keys(images).join(', ')}, or remove it`;
      problems.push(report(['digests', name], undefined, `is no image of ${SOURCES.images}`, fix));
    } else if (image.tag !== tag) {
      const message = `is not the tag of ${SOURCES.images}, which is "${image.tag}": the digest is another version's`;
      const fix = `remove ${name} here until the image workflow has built ${image.tag}, or go back to tag "${tag}" there`;
      problems.push(report(['digests', name, 'tag'], tag, message, fix));
    } else {
      images[name] = { ...image, digest };
    }
  }
  if (problems.length > 0) throw new PlatformError(problems);
  return { ...platform, images };
}

/** The compiler refuses a digest in `images.ts`; rendering doesn't compile, so it is refused here too. */
function inlineProblems(name: string, image: Platform['images'][string]): Problem[] {
  if (image.digest === undefined) return [];
  return [
    {
      file: SOURCES.images,
      key: `${name}.digest`,
      message: `belongs in ${SOURCES.digests}, which a program writes`,
      fix: `remove it; node scripts/set-digest.mjs ${name} ${image.tag} ${image.digest} records it`,
    },
  ];
}
