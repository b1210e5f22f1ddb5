import { deployment, object, reviewed, treeOf } from '../../testing/reviewed';
import { faultsOf } from '../../testing/sarif-schema';
import { review } from '../review';
import { renderSarif } from './sarif';

interface Log {
  readonly runs: readonly {
    readonly results: readonly { readonly ruleId: string; readonly level: string; readonly locations: unknown }[];
  }[];
}

test('the log is valid by the schema of SARIF 2.1.0, and names the line on which the object starts', () => {
  const config = object('v1', 'ConfigMap', 'data: { a: b }');
  const [base, head] = [`${config}---\n${deployment('')}`, `${config}---\n${deployment('', 'replicas: 0')}`];
  const { review: result, lineOf } = review(treeOf('BASE', base), treeOf('HEAD', head), { today: '2026-01-01' });
  const log = JSON.parse(renderSarif(result, lineOf)) as Log;
  expect(faultsOf(log)).toBeNull();
  // The separator after the four lines of the ConfigMap.
  expect(log.runs[0]?.results[0]).toMatchObject({
    ruleId: 'change-scale',
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'app/all.yaml' }, region: { startLine: 5 } } }],
  });
});

test('new findings of aia check are results, changes without effect are not', () => {
  const base = deployment('resources: { limits: { cpu: 1000m } }');
  const head = deployment('resources: { limits: { cpu: "1" } }, env: [{ name: A, value: x }, { name: A, value: y }]');
  const log = JSON.parse(renderSarif(reviewed(base, head), () => 1)) as Log;
  expect(log.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('duplicate-env');
  const same = JSON.parse(renderSarif(reviewed(base, base.replace('1000m', '"1"')), () => 1)) as Log;
  expect(same.runs[0]?.results).toEqual([]);
});
