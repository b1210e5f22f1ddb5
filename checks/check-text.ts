import { loadSchemas } from '../model/schema/load';
import { checkSources, type CheckOptions, type CheckResult } from './engine';

/** Checks manifests given as text, as the tests and the samples of the rules need it. */
export function checkText(text: string, options: Partial<CheckOptions> = {}): CheckResult {
  const source = { name: 'sample.yaml', root: '.', isNamed: true, text };
  const defaults: CheckOptions = { target: 'both', today: '2026-01-01', waivers: [], schemaOnly: false };
  return checkSources([source], loadSchemas(), { ...defaults, ...options });
}
