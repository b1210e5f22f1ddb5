import type { CheckResult } from '../engine';
import type { Finding, Severity } from '../finding';

/** `Deployment aia/api`, or the file for what could not be read as an object. */
export function subjectOf({ object, file }: Finding): string {
  if (!object) return file;
  return `${object.kind} ${object.namespace === '' ? '' : `${object.namespace}/`}${object.name}`;
}

/** Field and message in one sentence: `spec.replicas is the text "3", must be a whole number`. */
export function sentenceOf({ path, message }: Finding): string {
  return path === '' ? message : `${path} ${message}`;
}

/** `1 error`, `2 warnings`, `3 info`. */
export function countOf(findings: readonly Finding[], severity: Severity): string {
  const count = findings.filter((finding) => finding.severity === severity).length;
  return `${count} ${severity === 'info' || count === 1 ? severity : `${severity}s`}`;
}

/** `1 object`, `3 objects`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What was looked at, so that "no findings" is not mistaken for "nothing read". */
export function coverage({ objects, files, skipped }: CheckResult): string {
  const rest =
    skipped === 0
      ? ''
      : `, ${counted(skipped, 'document')} skipped that ${skipped === 1 ? 'is' : 'are'} no Kubernetes object`;
  return `${counted(objects, 'object')} in ${counted(files, 'file')} checked${rest}`;
}

/** The kinds that no schema is known for. */
export function unknownKinds({ unknownKinds: kinds }: CheckResult): string | undefined {
  if (kinds.length === 0) return undefined;
  const list = kinds.map(({ apiVersion, kind, count }) => `${apiVersion} ${kind} (${count})`).join(', ');
  return `No schema is known for ${list}: their fields were not checked. Put the CRDs into the tree to have them checked.`;
}
