import { loadSchemas } from '../model/schema/load';
import { checkSources, type CheckOptions, type CheckResult, type Source } from './engine';

const FILE = /^# file: (\S+)\n/m;

/** Checks manifests given as text, as the tests and the samples of the rules need it. */
export function checkText(text: string, options: Partial<CheckOptions> = {}): CheckResult {
  const defaults: CheckOptions = { target: 'both', today: '2026-01-01', waivers: [], schemaOnly: false };
  return checkSources(filesOf(text), loadSchemas(), { ...defaults, ...options });
}

/** A sample of several files has a line `# file: NAME` above each; one without is a single file. */
export function filesOf(text: string): readonly Source[] {
  const [first = '', ...rest] = text.split(FILE);
  if (rest.length === 0) return [{ name: 'sample.yaml', root: '.', isNamed: true, text }];
  const named = rest.flatMap((part, index) =>
    index % 2 === 0 ? { name: part, root: '.', isNamed: false, text: rest[index + 1] ?? '' } : [],
  );
  return first.trim() === '' ? named : [{ name: 'sample.yaml', root: '.', isNamed: false, text: first }, ...named];
}
