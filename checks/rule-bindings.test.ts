import { checkText } from './check-text';
import { sampleDeployment, sampleDocuments, sampleObject } from './samples';

const IN_SHOP = (text: string): string => text.replace('  name: web\n', '  name: web\n  namespace: shop\n');
const web = (bounds?: string): string => {
  const text = IN_SHOP(sampleDeployment('replicas: 2')).concat(
    '          resources:\n            limits:\n              memory: 2Gi\n',
  );
  return bounds === undefined
    ? text
    : text.replace(
        '      labels:\n        app: web\n    spec:',
        `      labels:\n        app: web\n      annotations:\n        sidecar.istio.io/statsHistogramBuckets: '${bounds}'\n    spec:`,
      );
};
const scaler = IN_SHOP(
  sampleObject(
    'keda.sh/v1alpha1',
    'ScaledObject',
    'scaleTargetRef:\n  name: web\nminReplicaCount: 2\nmaxReplicaCount: 6\ntriggers: []',
  ),
);
const alert = (expr: string, metadata = ''): string =>
  sampleObject(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    `groups:\n  - name: web\n    rules:\n      - alert: Full\n        expr: ${JSON.stringify(expr)}`,
    metadata,
  );

function found(text: string, rule: string, metrics?: readonly string[]): string[] {
  return checkText(text, metrics === undefined ? {} : { metrics: new Set(metrics) })
    .findings.filter((finding) => finding.rule === rule)
    .map(({ severity, path, message }) => `${severity} ${path} ${message}`);
}

describe('what rules of Prometheus say is held against the manifests', () => {
  test('a metric that nothing exposes, where there is a catalogue', () => {
    const misspelt = alert('kube_pod_container_status_restart_total > 2', 'labels:\n  aia.io/data-class: none');
    expect(found(misspelt, 'rule-metric', ['kube_pod_container_status_restarts_total'])).toEqual([
      expect.stringMatching(
        /^error .*expr reads kube_pod_container_status_restart_total, which nothing in the catalogue/,
      ),
    ]);
    expect(found(misspelt, 'rule-metric')).toEqual([]);
    // Another platform has other programs.
    expect(found(alert('shop_orders_total > 2'), 'rule-metric', ['up'])).toEqual([]);
  });

  test('a recording that comes from elsewhere is only told where nothing here records', () => {
    expect(found(alert('node:cpu:rate5m > 2'), 'rule-metric')).toEqual([
      expect.stringMatching(/^info .*reads node:cpu:rate5m, which no rule here records$/),
    ]);
  });

  test.each([
    ['the limit', '> 0.9 * 2147483648', false],
    ['another limit', '> 0.9 * 4294967296', true],
    ['a share', '/ 2 > 0.8', false],
    ['less than the limit, which may be meant', '> 1500000000', 'info'],
  ])('memory against %s', (_, comparison, isFound) => {
    const expr = `container_memory_working_set_bytes{namespace="shop",container="web"} ${comparison}`;
    expect(found(sampleDocuments(web(), alert(expr)), 'rule-figure')).toEqual(
      isFound === false ? [] : [expect.stringMatching(isFound === true ? /^error/ : /^info/)],
    );
  });

  test('the limit that is meant is named', () => {
    const expr = 'predict_linear(container_memory_rss{namespace="shop",container="web"}[1h], 3600) > 4294967296';
    expect(found(sampleDocuments(web(), alert(expr)), 'rule-figure')).toEqual([
      expect.stringMatching(/compares the memory of web with 4294967296, whose limit is 2147483648 bytes$/),
    ]);
  });

  test.each([
    ['keda-hpa-web', 6, undefined],
    // Whether it runs at all is another question.
    ['keda-hpa-web', 0, undefined],
    ['keda-hpa-web', 5, /compares the replicas of keda-hpa-web with 5, which runs 2 to 6$/],
    ['web', 6, /asks for the autoscaler web, and there are keda-hpa-web$/],
  ])('replicas of %s against %d', (name, replicas, message) => {
    const expr = `kube_horizontalpodautoscaler_status_current_replicas{namespace="shop",horizontalpodautoscaler="${name}"} >= ${replicas}`;
    expect(found(sampleDocuments(web(), scaler, alert(expr)), 'rule-figure')).toEqual(
      message === undefined ? [] : [expect.stringMatching(message)],
    );
  });

  test.each([
    ['200(\\\\.0)?', '{"istiocustom":[100,200]}', true],
    ['200', '{"istiocustom":[100,200]}', true],
    ['200', '{"istiocustom":[100,250]}', false],
    // Istio's own bounds go from 100 to 250.
    ['200', undefined, false],
    ['250', undefined, true],
  ])('the bucket le=%s where proxies have %s', (le, bounds, isThere) => {
    const expr = `sum(rate(istio_request_duration_milliseconds_bucket{le=~"${le}"}[5m])) > 1`;
    expect(found(sampleDocuments(web(bounds), alert(expr)), 'rule-figure')).toHaveLength(isThere ? 0 : 1);
  });

  test('nothing is said of buckets where no pod is shown', () => {
    const expr = 'sum(rate(istio_request_duration_milliseconds_bucket{le="200"}[5m])) > 1';
    expect(found(alert(expr), 'rule-figure')).toEqual([]);
  });

  test.each([
    ['0.0144', '0.0144', undefined],
    ['0.006', '0.006', undefined],
    ['0.01', '0.01', /compares with 0\.01, which is 10 times the budget of 0\.001$/],
    ['0.0144', '0.006', /compares its windows with 0\.0144 and 0\.006$/],
  ])('a burn rate over its windows: %s and %s of a budget of 0.001', (long, short, message) => {
    const text = sampleObject(
      'monitoring.coreos.com/v1',
      'PrometheusRule',
      `groups:
  - name: web
    rules:
      - {record: "slo:web_errors:ratio_rate1h", expr: sum(errors_total)}
      - {record: "slo:web_errors:ratio_rate5m", expr: sum(errors_total)}
      - {record: "slo:web_budget:left30d", expr: "1 - slo:web_errors:ratio_rate5m / 0.001"}
      - {alert: Burn, expr: "slo:web_errors:ratio_rate1h > ${long} and slo:web_errors:ratio_rate5m > ${short}"}`,
    );
    expect(found(text, 'rule-burn')).toEqual(message === undefined ? [] : [expect.stringMatching(message)]);
  });

  test('a container that was renamed, and neither what is injected nor what is elsewhere', () => {
    const restarts = (labels: string): string => `kube_pod_container_status_restarts_total{${labels}} > 2`;
    const ask = (labels: string): string[] => found(sampleDocuments(web(), alert(restarts(labels))), 'rule-container');
    expect(ask('namespace="shop",container="shop"')).toEqual([
      expect.stringMatching(/asks for the container shop in shop, where there are web$/),
    ]);
    for (const fine of [
      'namespace="shop",container="web"',
      'namespace="shop",container="istio-proxy"',
      'namespace="other",container="x"',
      'container="x"',
    ])
      expect(ask(fine)).toEqual([]);
  });

  test('an expression that breaks off is told with its place', () => {
    expect(found(alert('sum(up'), 'rule-expression')).toEqual([
      expect.stringMatching(/^error .*is no PromQL: at character/),
    ]);
  });
});
