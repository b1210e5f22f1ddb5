import { asList, at, textAt } from '../../model/manifest/access';
import type { Selector } from '../../model/promql/expression';
import { selectorsOf } from '../../model/promql/expression';
import { parseQuantity, QuantityError, toUnits } from '../../model/quantity';
import type { Severity } from '../finding';
import { sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import { alertRules, asked, comparisonsOf } from '../set/alert-rules';
import { mayBeSame, namespaceOf, type ObjectSet } from '../set/object-set';
import type { SetRule } from '../set-rule';

const BUCKETS = 'sidecar.istio.io/statsHistogramBuckets';
/** Istio's own bounds in milliseconds (istio/proxy, Envoy's defaults for histograms; read November 2026). */
const ISTIO_BOUNDS = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000,
];
/** Smaller numbers in a comparison with memory are shares, not amounts. */
const LEAST_MEMORY = 2 ** 20;

const alert = (expr: string): string =>
  sampleObject(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    `groups:\n  - name: web\n    rules:\n      - alert: Full\n        expr: ${expr}`,
  );
const full = (limit: number): string =>
  alert(`container_memory_working_set_bytes{namespace="shop",container="web"} > 0.9 * ${limit}`);
const web = sampleDeployment('replicas: 2')
  .replace('  name: web\n', '  name: web\n  namespace: shop\n')
  .concat('          resources:\n            limits:\n              memory: 2Gi\n');

/** Figures in alerts that are not those of the manifests. */
export const ruleFigure: SetRule = {
  id: 'rule-figure',
  title: "limits, maximum replicas and buckets in Prometheus's rules are those of the manifests",
  severity: 'error',
  why: 'A limit that was raised leaves an alert that fires for nothing; one that was lowered leaves an alert that fires after the pod was killed.',
  fix: 'write the figure that the manifest has, or render both from the same data',
  sources: ['https://sre.google/workbook/alerting-on-slos/'],
  checkSet(set, report) {
    for (const { member, keys, expression } of alertRules(set)) {
      if (expression === undefined) continue;
      const say = (fault: Fault | undefined): void => {
        if (fault !== undefined) report(member, keys, fault.message, fault.severity && { severity: fault.severity });
      };
      for (const { selectors, numbers } of comparisonsOf(expression)) {
        for (const selector of selectors) {
          say(memoryFault(set, selector, numbers));
          say(replicasFault(set, selector, numbers));
        }
      }
      for (const selector of selectorsOf(expression)) say(bucketFault(set, selector));
    }
  },
  samples: {
    pass: sampleDocuments(web, full(2 * 2 ** 30)),
    fail: sampleDocuments(web, full(4 * 2 ** 30)),
  },
};

interface Fault {
  readonly message: string;
  readonly severity?: Severity;
}

function memoryFault(set: ObjectSet, selector: Selector, numbers: readonly number[]): Fault | undefined {
  const container = asked(selector, 'container');
  const namespace = asked(selector, 'namespace');
  if (!(selector.metric ?? '').startsWith('container_memory_') || container === undefined || namespace === undefined)
    return undefined;
  const limits = limitsOf(set, namespace, container);
  const wrong = numbers.find((value) => value >= LEAST_MEMORY && !limits.has(value));
  if (limits.size === 0 || wrong === undefined) return undefined;
  return {
    message: `compares the memory of ${container} with ${wrong}, whose limit is ${[...limits].join(' or ')} bytes`,
    // Above the limit it never fires; below, somebody may mean it.
    ...(wrong < Math.max(...limits) ? { severity: 'info' } : {}),
  };
}

/** Memory limits in bytes of the containers of that name; none where one of them has no limit that can be read. */
function limitsOf(set: ObjectSet, namespace: string, container: string): ReadonlySet<number> {
  const written = set.pods
    .filter((owner) => mayBeSame(owner.namespace, namespace))
    .flatMap(({ pod }) => asList(at(pod?.spec, 'containers')))
    .filter((one) => textAt(one, 'name') === container)
    .map((one) => bytes(at(one, 'resources', 'limits', 'memory')));
  return written.includes(undefined) ? new Set() : new Set(written.flatMap((value) => value ?? []));
}

function bytes(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  try {
    return Number(toUnits(parseQuantity(value)));
  } catch (error) {
    if (error instanceof QuantityError) return undefined;
    throw error;
  }
}

function replicasFault(set: ObjectSet, selector: Selector, numbers: readonly number[]): Fault | undefined {
  const name = asked(selector, 'horizontalpodautoscaler');
  const namespace = asked(selector, 'namespace') ?? '';
  if (!/_status_(current|desired)_replicas$/.test(selector.metric ?? '') || name === undefined) return undefined;
  const scalers = [
    ...set.inNamespace('autoscaling', 'HorizontalPodAutoscaler', namespace).map(({ object }) => ({
      name: object.metadata.name,
      bounds: [at(object, 'spec', 'minReplicas'), at(object, 'spec', 'maxReplicas')],
    })),
    ...set.inNamespace('keda.sh', 'ScaledObject', namespace).map(({ object }) => ({
      name:
        textAt(object, 'spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name') ??
        `keda-hpa-${object.metadata.name}`,
      bounds: [at(object, 'spec', 'minReplicaCount'), at(object, 'spec', 'maxReplicaCount')],
    })),
  ];
  if (scalers.length === 0) return undefined;
  const scaler = scalers.find((one) => one.name === name);
  if (scaler === undefined)
    return { message: `asks for the autoscaler ${name}, and there are ${scalers.map((one) => one.name).join(', ')}` };
  // A share of the maximum, or none at all, is another question.
  const [value] = numbers;
  if (numbers.length !== 1 || value === undefined || value === 0 || scaler.bounds.includes(value)) return undefined;
  return { message: `compares the replicas of ${name} with ${value}, which runs ${scaler.bounds.join(' to ')}` };
}

function bucketFault(set: ObjectSet, { metric, matchers }: Selector): Fault | undefined {
  if (metric !== 'istio_request_duration_milliseconds_bucket') return undefined;
  const le = matchers.find(({ label }) => label === 'le')?.value;
  const bound = Number(/^(\d+(?:\.\d+)?)(?:\(\\\.0\)\?)?$/.exec(le ?? '')?.[1] ?? NaN);
  // Where no pods are shown, nothing is known of their proxies.
  if (!Number.isFinite(bound) || set.pods.length === 0) return undefined;
  const written = set.pods.flatMap((owner) => {
    const text = textAt(owner.pod?.template, 'metadata', 'annotations', BUCKETS);
    return text === undefined ? [] : [{ owner, bounds: boundsIn(text) }];
  });
  if (written.length === 0)
    return ISTIO_BOUNDS.includes(bound)
      ? undefined
      : { message: `counts by the bucket of ${bound} ms, which proxies don't have without the annotation ${BUCKETS}` };
  const without = written.find(({ bounds }) => bounds !== undefined && !bounds.includes(bound));
  if (without === undefined) return undefined;
  const { kind, metadata } = without.owner.member.object;
  return {
    message: `counts by the bucket of ${bound} ms, which the proxies of ${kind} ${namespaceOf(without.owner.member.object)}/${metadata.name} don't have`,
  };
}

/** Bounds of the annotation, a JSON object of lists; undefined where it can't be read, which `proxy-annotations` says. */
function boundsIn(text: string): readonly number[] | undefined {
  try {
    return Object.values(JSON.parse(text) as Record<string, number[]>).flat();
  } catch {
    return undefined;
  }
}
