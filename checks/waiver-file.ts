import { parseDocuments, ManifestSyntaxError } from '../model/manifest/parse';
import { isDay, type FileWaiver } from './waivers';

/** A waivers file that can't be used; the message says where and why. */
export class WaiverFileError extends Error {
  override readonly name = 'WaiverFileError';
}

/**
 * Reads a waivers file; zod is loaded only where there is one.
 *
 * @throws WaiverFileError
 */
export async function readWaiverFile(text: string, name: string): Promise<readonly FileWaiver[]> {
  const { z } = await import('zod');
  const line = z.string().trim().min(1, 'is empty');
  const schema = z.strictObject({
    waivers: z.array(
      z.strictObject({
        rule: line,
        object: line.regex(/^[^/]+(\/[^/]+){1,2}$/, 'must be Kind/namespace/name or Kind/name; * stands for any part'),
        reason: line,
        until: z.string().refine(isDay, 'must be a day, YYYY-MM-DD'),
      }),
    ),
  });
  let document: unknown;
  try {
    [document] = parseDocuments(text);
  } catch (error) {
    if (!(error instanceof ManifestSyntaxError)) throw error;
    throw new WaiverFileError(`${name}:${error.line} ${error.message}; ${error.fix}.`);
  }
  const result = schema.safeParse(document);
  if (result.success) return result.data.waivers;
  const issues = result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new WaiverFileError(`${name} is not a waivers file: ${issues.join('; ')}. docs/check.md shows one.`);
}
