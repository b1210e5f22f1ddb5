import { faultsOf } from '../../testing/sarif-schema';
import { checkText } from '../check-text';
import { samplePod } from '../samples';
import { renderSarif } from './sarif';

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
