/** The parts of an image reference. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * The grammar of image references; a registry's port is part of the repository.
 *
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
const REFERENCE =
  /^((?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)(?::([\w][\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$/;

/** Longer text is no image and would make the grammar slow. */
const LONGEST = 512;

/** Reads an image reference; undefined where a container runtime would not take it. */
export function parseImage(image: string): ImageReference | undefined {
  if (image.length > LONGEST) return undefined;
  const match = REFERENCE.exec(image);
  if (!match?.[1]) return undefined;
  const [, repository, tag, digest] = match;
  return { repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}
