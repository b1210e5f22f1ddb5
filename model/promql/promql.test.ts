import { metricsOf, parseExpression, PromqlError, selectorsOf } from './expression';
import { labelReport } from './labels';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  requests_total: ['pod', 'code', 'job'],
  seconds_bucket: ['pod', 'job', 'le'],
  limits: ['pod', 'resource'],
  owners: ['pod', 'owner'],
  up: ['job', 'instance'],
};
const report = (text: string): ReturnType<typeof labelReport> =>
  labelReport(parseExpression(text), (name) => (name in NAMES ? new Set(NAMES[name]) : undefined));

test('finds every metric with its conditions, wherever it stands', () => {
  const expression = parseExpression(
    'sum by (pod) (rate(requests_total{code=~"5..",job!="x"}[5m] offset 1h)) / on (pod) group_left (owner) ' +
      '(max_over_time(owners[1h:1m])) > bool 0.5 unless {__name__="up",instance="a\\"b"} @ end()',
  );
  expect(metricsOf(expression)).toEqual(['requests_total', 'owners', 'up']);
  expect(selectorsOf(expression).map(({ matchers }) => matchers)).toEqual([
    [
      { label: 'code', operator: '=~', value: '5..' },
      { label: 'job', operator: '!=', value: 'x' },
    ],
    [],
    [{ label: 'instance', operator: '=', value: 'a"b' }],
  ]);
});

test.each([
  ['rate(requests_total[5m)', 22],
  ['sum by pod (up)', 7],
  ['up{job=x}', 7],
  ['', 0],
  ['up and', 6],
])('%j is no PromQL, and the message says where', (text, position) => {
  expect(() => parseExpression(text)).toThrow(PromqlError);
  expect(() => parseExpression(text)).toThrow(`at character ${position + 1}`);
});

test.each([
  ['requests_totl', 'requests_totl: nobody exposes it'],
  ['requests_total{status="500"}', 'requests_total has no label status'],
  ['sum by (namespace) (requests_total)', 'sum by (namespace): there is no such label to group by'],
  ['{job="x"}', 'a selector without the name of a metric reads every series there is'],
  [
    'histogram_quantile(0.95, sum by (pod) (rate(seconds_bucket[5m])))',
    'histogram_quantile needs the label le, which is gone',
  ],
  ['requests_total / limits', 'the sides of / never meet: only one of them has code, job, resource'],
  [
    'sum by (pod) (requests_total) / on (pod, code) sum by (pod, code) (requests_total)',
    'on (code): the left side of / has no such label',
  ],
  ['up / ignoring (code) up', 'ignoring (code): neither side of / has such a label'],
  [
    'sum by (pod) (requests_total) * on (pod) group_left (resource) owners',
    'group_left (resource): the other side has no such label',
  ],
  ['label_replace(up, "node", "$1", "host", "(.*)")', 'label_replace reads the label host, which is not there'],
])('%s asks for what is not there', (text, problem) => {
  expect(report(text).problems).toEqual([problem]);
});

// The labels of results are those of the PromQL documentation (Operators, Functions).
test.each([
  ['sum(requests_total)', []],
  ['sum by (pod) (requests_total)', ['pod']],
  ['sum without (pod) (requests_total)', ['code', 'job']],
  ['topk by (job) (3, requests_total)', ['code', 'job', 'pod']],
  ['count_values("v", up)', ['v']],
  ['histogram_quantile(0.95, sum by (le, job) (rate(seconds_bucket[5m])))', ['job']],
  ['label_replace(up, "node", "$1", "instance", "(.*)")', ['instance', 'job', 'node']],
  ['absent(up{job="a",instance=~"b.*"})', ['job']],
  ['sum by (pod) (requests_total) * on (pod) group_left (owner) owners', ['owner', 'pod']],
  ['limits * on (pod) owners', ['pod']],
  ['sum by (pod) (requests_total) / ignoring (code) sum by (pod, code) (requests_total)', ['pod']],
  ['up and on (job) requests_total', ['instance', 'job']],
  ['sum(requests_total) or vector(0)', []],
  ['2 * up > 1', ['instance', 'job']],
])('%s has the labels %j', (text, labels) => {
  const { labels: found, problems } = report(text);
  expect(problems).toEqual([]);
  expect([...(found ?? [])].sort()).toEqual(labels);
});
