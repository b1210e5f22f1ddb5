import path from 'node:path';
import { loadSchemas } from '../model/schema/load';
import { cleanTree, plant, readFaults, type Files } from '../testing/planted-faults/plant';
import { checkSources } from './engine';
import type { Finding } from './finding';
import { RULES } from './registry';

const folder = path.join(__dirname, '..', 'testing', 'planted-faults');
const clean = cleanTree(folder);
const faults = readFaults(folder);

function check(files: Files): readonly Finding[] {
  const sources = [...files].map(([name, text]) => ({ name, root: '.', isNamed: false, text }));
  const options = { target: 'both', today: '2026-01-01', waivers: [], schemaOnly: false } as const;
  return checkSources(sources, loadSchemas(), options).findings;
}

test('the clean tree has no finding of any severity', () => {
  expect(check(clean)).toEqual([]);
});

test('there is one fault for every rule', () => {
  expect(faults.map(({ rule }) => rule)).toEqual(RULES.map(({ id }) => id));
});

test.each(faults.map((fault) => [fault.rule, fault] as const))('%s finds its fault', (rule, fault) => {
  expect(check(plant(clean, fault)).map((finding) => finding.rule)).toContain(rule);
});
