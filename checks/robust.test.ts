import path from 'node:path';
import fc from 'fast-check';
import { parseDocuments } from '../model/manifest/parse';
import { loadSchemas } from '../model/schema/load';
import { checkText, filesOf } from './check-text';
import { checkSources } from './engine';
import { RULES } from './registry';
import { readSources } from './sources';

/** Samples as files of documents, so that rules on sets and phases meet the others as they are. */
const samples = RULES.filter(({ id }) => id !== 'yaml' && id !== 'crd-size').flatMap(({ samples: { pass, fail } }) =>
  [pass, fail].map((text) => filesOf(text).map(({ name, text: file }) => ({ name, documents: parseDocuments(file) }))),
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
    fc.property(fc.constantFrom(...samples), fc.nat(), odd, (files, pick, by) => {
      const all = files.flatMap(({ documents }, file) =>
        documents.flatMap((document, index) => places(document).map((keys) => ({ file, index, keys }))),
      );
      const chosen = all[pick % all.length];
      const text = files.map(({ name, documents }, file) => {
        const written = documents.map((document, index) =>
          JSON.stringify(
            chosen?.file === file && chosen.index === index ? replaced(document, chosen.keys, by) : document,
          ),
        );
        return `# file: ${name}\n${written.join('\n---\n')}\n`;
      });
      expect(() => checkText(text.join(''))).not.toThrow();
    }),
    { numRuns: 1000 },
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
