import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { checkText } from '../check-text';
import { samplePod } from '../samples';
import { renderSarif } from './sarif';

/** The schema of SARIF 2.1.0 itself; the package brings it along with its matchers. */
const SCHEMA = require.resolve('@microsoft/jest-sarif').replace(/lib[\\/].*$/, 'lib/schemas/sarif-2.1.0-rtm.5.json');

function faultsOf(log: unknown): unknown {
  // Draft 4, of which ajv 8 minds only the two keywords about the schema itself.
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'), (key, value: unknown) =>
    key === 'id' || key === '$schema' ? (typeof value === 'string' ? undefined : value) : value,
  ) as object;
  const ajv = addFormats(new Ajv({ strict: false, unicodeRegExp: false }));
  ajv.validate(schema, log);
  return ajv.errors;
}

const annotated = samplePod('imagePulPolicy: Always').replace(
  'name: web\nspec',
  'name: web\n  annotations:\n    aia.io/waive.image-digest: "not built yet; until 2999-01-01"\nspec',
);

test('the log is valid by the schema of SARIF 2.1.0, with findings, waivers and files that are not manifests', () => {
  for (const text of [annotated, 'kind: [\n', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n']) {
    expect(faultsOf(JSON.parse(renderSarif(checkText(text))))).toBeNull();
  }
});

test('the schema refuses what is no SARIF', () => {
  expect(faultsOf({ version: '2.1.0' })).not.toBeNull();
});

test('a waived finding is suppressed with its reason', () => {
  const log = renderSarif(checkText(annotated));
  expect(log).toContain('"justification": "not built yet (until 2999-01-01)"');
});
