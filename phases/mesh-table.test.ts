import type { KubeObject } from '../model/kube-object';
import type { Cluster } from '../model/platform/cluster';
import { edgesAt, type Edge } from '../model/platform/edges';
import { platform } from '../platform/platform';
import { alignedTable, field, objectsOf } from '../testing/rendered';
import { PHASES } from './phases';

const west4 = { ...platform.clusters['europe-west4'], name: 'europe-west4' } as Cluster;

/**
 * What happens to each declared call when its callee is slow or fails, read from the rendered objects: enough to say
 * what happens to the API when ML hangs. `pool` is per pod of the caller; `at most` is what the callee gets when all
 * callers have scaled to their maximum.
 */
test.each(PHASES.filter(({ mutualTls }) => mutualTls !== undefined).map(({ id }) => id))(
  'calls in %s on europe-west4',
  (phase) => {
    const objects = objectsOf(platform, phase, 'europe-west4');
    const head = [
      'caller',
      'callee',
      'timeout',
      'tries',
      'pool',
      'at most',
      'opens after',
      'for',
      'leaves out',
      'mTLS',
    ];
    const rows = edgesAt({ platform, cluster: west4, phase }).map((edge) => row(objects, edge));
    expect(`\n${alignedTable([head, ...rows])}\n`).toMatchSnapshot();
  },
);

function row(objects: readonly KubeObject[], { from, to: { name: to }, remote }: Edge): string[] {
  const find = (kind: string, name: string): KubeObject | undefined =>
    objects.find((object) => object.kind === kind && object.metadata.name === name);
  const [virtualService, routeName] =
    from !== 'gateway'
      ? [to, `from-${from}`]
      : remote === undefined
        ? ['front-door', to]
        : ['edge-sites', `from-${remote}`];
  const routes = (field(find('VirtualService', virtualService), 'spec', 'http') ?? []) as Record<string, unknown>[];
  const route = routes.find(({ name }) => name === routeName);
  const policy = field(find('DestinationRule', to), 'spec', 'trafficPolicy');
  const outlier = field(policy, 'outlierDetection') as Record<string, string | number>;
  const limit = (field(policy, 'connectionPool', 'http', 'http2MaxRequests') ??
    field(policy, 'connectionPool', 'tcp', 'maxConnections')) as number;
  const unit = field(policy, 'connectionPool', 'http', 'http2MaxRequests') === undefined ? 'connections' : 'requests';
  const callers = mostPods(objects, from);
  return [
    remote === undefined ? from : `${remote} by ${from}`,
    to,
    (route?.timeout as string | undefined) ?? 'none',
    tries(route),
    `${limit} ${unit}`,
    callers === undefined ? '?' : String(limit * callers),
    opensAfter(outlier),
    String(outlier.baseEjectionTime),
    `${String(outlier.maxEjectionPercent)} %`,
    String(field(find('PeerAuthentication', 'default'), 'spec', 'mtls', 'mode')),
  ];
}

/** The gateway's pods are the add-on's business: three at most. */
function mostPods(objects: readonly KubeObject[], name: string): number | undefined {
  if (name === 'gateway') return 3;
  const scaler = objects.find(
    ({ kind, metadata }) => ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind) && metadata.name === name,
  );
  const owner = objects.find(
    ({ kind, metadata }) => ['Deployment', 'StatefulSet', 'CronJob'].includes(kind) && metadata.name === name,
  );
  return (field(scaler, 'spec', 'maxReplicas') ??
    field(scaler, 'spec', 'maxReplicaCount') ??
    field(owner, 'spec', 'replicas') ??
    field(owner, 'spec', 'jobTemplate', 'spec', 'parallelism')) as number | undefined;
}

function tries(route: Record<string, unknown> | undefined): string {
  if (route === undefined) return '1';
  const { attempts, perTryTimeout } = route.retries as { attempts: number; perTryTimeout?: string };
  return attempts === 0 ? '1' : `${attempts + 1} of ${String(perTryTimeout)}`;
}

function opensAfter({
  consecutive5xxErrors,
  consecutiveGatewayErrors,
  consecutiveLocalOriginFailures,
}: Record<string, string | number>): string {
  if (consecutive5xxErrors === undefined) return `${String(consecutiveLocalOriginFailures)} failures to connect`;
  return `${consecutive5xxErrors} errors, ${String(consecutiveGatewayErrors)} of a gateway`;
}
