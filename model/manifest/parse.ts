import yaml from 'js-yaml';
import { unsafeAlias } from './expansion';
import { findDuplicateKey } from './positions';
import { kubernetesYaml } from './scalars';

/** Text that kubectl would not read, or would read by guessing. Lines count from 1. */
export class ManifestSyntaxError extends Error {
  override readonly name = 'ManifestSyntaxError';

  constructor(
    message: string,
    readonly fix: string,
    readonly line: number,
  ) {
    super(message);
  }
}

/**
 * The documents of a YAML stream or a JSON text, in order; an empty or comment-only document is null. Aliases and
 * merge keys are expanded, scalars are read as kubectl reads them (see scalars.ts).
 *
 * js-yaml 4 is used for its speed: four to five times that of `yaml` and of js-yaml 5 on the same manifests.
 *
 * @throws ManifestSyntaxError for malformed text and for a key that stands twice in one map.
 */
export function parseDocuments(text: string): readonly unknown[] {
  let documents: unknown[];
  try {
    documents = yaml.loadAll(text, null, { schema: kubernetesYaml });
  } catch (error) {
    throw syntaxError(error, text);
  }
  if (text.includes('&')) {
    const reason = unsafeAlias(documents);
    if (reason !== undefined) throw new ManifestSyntaxError(reason, 'write the values out instead of using aliases', 1);
  }
  return documents;
}

function syntaxError(error: unknown, text: string): ManifestSyntaxError {
  if (!(error instanceof yaml.YAMLException)) {
    return new ManifestSyntaxError('can not be read as YAML', 'check it with a YAML editor', 1);
  }
  // The mark may be missing in spite of its type: js-yaml throws some errors without one.
  const mark = error.mark as yaml.Mark | undefined;
  const line = Math.min((mark?.line ?? 0) + 1, Math.max(text.trimEnd().split('\n').length, 1));
  if (error.reason === 'duplicated mapping key') {
    const duplicate = findDuplicateKey(text);
    if (duplicate) {
      const { key, lines } = duplicate;
      return new ManifestSyntaxError(
        `has the key "${key}" twice in one map, on lines ${lines[0]} and ${lines[1]}`,
        'remove one; which of the two wins depends on the tool that reads it',
        lines[1],
      );
    }
  }
  return new ManifestSyntaxError(`is not valid YAML: ${error.reason}`, hint(error.reason, text), line);
}

function hint(reason: string, text: string): string {
  if (reason.includes('tab')) return 'indent with spaces, YAML does not allow tabs there';
  if (text.includes('{{')) return 'this looks like a template: render it first (helm template), then check the result';
  if (reason.includes('end of the stream') || reason.includes('flow collection'))
    return 'close the bracket or the quote that is open';
  return 'check the indentation of this line and the one before it, and the quotes';
}
