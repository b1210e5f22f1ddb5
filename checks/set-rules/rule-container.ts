import { asList, at, textAt } from '../../model/manifest/access';
import { selectorsOf } from '../../model/promql/expression';
import { sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import { alertRules, asked } from '../set/alert-rules';
import { mayBeSame, type ObjectSet } from '../set/object-set';
import type { SetRule } from '../set-rule';

/** What is injected stands in no manifest. */
const INJECTED = new Set(['istio-proxy', 'istio-init', 'istio-validation', 'linkerd-proxy', 'POD']);

const alert = (container: string): string =>
  sampleObject(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    `groups:\n  - name: web\n    rules:\n      - alert: Loop\n        expr: increase(kube_pod_container_status_restarts_total{namespace="shop",container="${container}"}[15m]) > 2`,
  );
const shop = sampleDeployment('replicas: 2').replace('  name: web\n', '  name: web\n  namespace: shop\n');

/** Alerts about a container that no pod has. */
export const ruleContainer: SetRule = {
  id: 'rule-container',
  title: 'a container that a rule of Prometheus names is in a pod',
  severity: 'error',
  why: 'A container that was renamed takes its alerts with it: they go on asking for the old name, and never fire.',
  fix: 'write the name of a container of that namespace',
  sources: ['https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/pod-metrics.md'],
  checkSet(set, report) {
    for (const { member, keys, expression } of alertRules(set)) {
      for (const selector of expression === undefined ? [] : selectorsOf(expression)) {
        const container = asked(selector, 'container');
        const namespace = asked(selector, 'namespace');
        // Without the namespace it may be anybody's; without pods in it nothing is known of it.
        if (container === undefined || namespace === undefined || INJECTED.has(container)) continue;
        const names = containersIn(set, namespace);
        if (names.size === 0 || names.has(container)) continue;
        report(
          member,
          keys,
          `asks for the container ${container} in ${namespace}, where there are ${[...names].sort().join(', ')}`,
        );
      }
    }
  },
  samples: { pass: sampleDocuments(shop, alert('web')), fail: sampleDocuments(shop, alert('shop')) },
};

/** Names of the containers of all pods in a namespace; none where an operator may make pods that are not here. */
function containersIn(set: ObjectSet, namespace: string): ReadonlySet<string> {
  const owners = set.pods.filter((owner) => mayBeSame(owner.namespace, namespace));
  if (owners.some(({ pod }) => pod === undefined)) return new Set();
  return new Set(
    owners.flatMap(({ pod }) =>
      ['containers', 'initContainers'].flatMap((list) =>
        asList(at(pod?.spec, list)).flatMap((container) => textAt(container, 'name') ?? []),
      ),
    ),
  );
}
