import path from 'node:path';
import fc from 'fast-check';
import { parseDocuments } from '../model/manifest/parse';
import { loadSchemas } from '../model/schema/load';
import { checkText } from './check-text';
import { checkSources } from './engine';
import { RULES } from './registry';
import { readSources } from './sources';

const documents = RULES.filter(({ id }) => id !== 'yaml' && id !== 'crd-size').flatMap(({ samples }) =>
  [samples.pass, samples.fail].flatMap((text) => parseDocuments(text)),
);

/** Every place in a value, the value itself included. */
function places(value: unknown): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, child]) =>
      places(child).map((rest) => [Array.isArray(value) ? Number(key) : key, ...rest]),
    ),
  ];
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const odd = fc.constantFrom<unknown>(
  null,
  0,
  -1,
  1.5,
  true,
  '',
  '8080',
  '$(X)',
  [],
  {},
  [null],
  ['x', 1],
  { a: null },
  { name: [] },
);

test('no value in any place of an object makes a rule fail', () => {
  fc.assert(
    fc.property(fc.constantFrom(...documents), fc.nat(), odd, (document, pick, by) => {
      const all = places(document);
      const text = JSON.stringify(replaced(document, all[pick % all.length] ?? [], by));
      expect(() => checkText(text)).not.toThrow();
    }),
    { numRuns: 400 },
  );
});

// The manifests of this repository are rendered into these folders; a checkout without them has nothing to check.
const root = path.join(__dirname, '..');
const own = ['dist', 'argocd'];

test('our own output has no error', () => {
  const options = { target: 'both', today: '2026-01-01', waivers: [], schemaOnly: false } as const;
  const { findings, objects } = checkSources(readSources(own, root), loadSchemas(), options);
  expect(objects).toBeGreaterThan(0);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});
