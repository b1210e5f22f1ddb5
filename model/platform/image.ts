import * as z from 'zod';
import { memoryQuantity } from './fields';

/** The stacks, each with a Dockerfile in the folder of `images/` that is named for it. */
export const STACKS = ['node-service', 'python-service', 'python-ml', 'cache', 'store', 'store-tools'] as const;

/** Where the build context of an image lies. */
const source = z.strictObject({
  /** `owner/name` on GitHub; left out where the context lies in this repository. */
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'is no GitHub repository')
    .optional(),
  /** Folder that is the build context, relative to that repository's top. */
  context: z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, 'is no folder below the top of its repository'),
});

/** A tag names a version; what `latest` is depends on the day. */
export const imageTag = z
  .string()
  .regex(/^[\w][\w.-]{0,127}$/, 'is not an image tag')
  .refine((tag) => tag !== 'latest', {
    message: 'names no version',
    params: { fix: 'write the version that was tested' },
  });

export const imageDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'is not a sha256 digest');

const fields = {
  /** Path below the registry, or a whole repository where `registry` is given. */
  repository: z.string(),
  /** Registry of this image where it isn't the platform's. */
  registry: z.string().optional(),
  tag: imageTag,
  /** How it is built: the Dockerfile is `images/<stack>/Dockerfile`. */
  stack: z.enum(STACKS),
  /** Stage of the Dockerfile that is built; the last one where left out. */
  target: z.string().optional(),
  /** What a node downloads at most: the sum of the compressed layers and the configuration, in bytes. */
  sizeBudget: memoryQuantity,
  /** Left out while the sources can't be had: the image workflow passes over such an image and says so. */
  source: source.optional(),
};

/** An image as it is rendered: `platform/digests.yaml` may have added the digest. */
export const resolvedImage = z.strictObject({
  ...fields,
  /** Content digest; never invented. */
  digest: imageDigest.optional(),
});

export type ResolvedImage = z.infer<typeof resolvedImage>;
/** An image as `platform/images.ts` writes it: there is no digest in it, since only a program writes that. */
export type Image = Omit<ResolvedImage, 'digest'>;
export type Stack = (typeof STACKS)[number];
