import { Construct } from 'constructs';
import {
  DestinationRule,
  VirtualService,
  type DestinationRuleSpecTrafficPolicy as TrafficPolicy,
  DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy as H2UpgradePolicy,
  DestinationRuleSpecTrafficPolicyLoadBalancerSimple as LoadBalancing,
  type VirtualServiceSpecHttp as HttpRoute,
} from '../imports/networking.istio.io';
import { edgesAt, isHttp, type Edge } from '../model/platform/edges';
import type { Call, WorkloadMesh } from '../model/platform/mesh';
import { GATEWAY } from '../model/platform/platform';
import type { ServedWorkload } from '../model/platform/workload';
import { duration } from './duration';
import { hostOf, portOf, readName } from './service';
import { selectorLabels, workloadMetadata, type Site } from './site';
import { AFTER_WORKLOADS } from './sync-wave';

type Destination = NonNullable<WorkloadMesh['destination']>;

/**
 * How calls to one workload travel: the limits and the circuit breaker of its hosts, and for HTTP one route for each
 * declared caller with its timeout. Who is not a declared caller has no route.
 */
export class TrafficRules extends Construct {
  constructor(scope: Construct, site: Site, workload: ServedWorkload) {
    super(scope, `traffic-rules-${workload.name}`);
    const { destination } = workload.mesh;
    if (destination === undefined) return;
    const names =
      workload.kind === 'StatefulSet' && workload.topology === 'primary'
        ? [workload.name, readName(workload)]
        : [workload.name];
    for (const name of names) {
      new DestinationRule(this, `destination-${name}`, {
        metadata: workloadMetadata(site, workload, { name }),
        spec: { host: hostOf(site, name), trafficPolicy: trafficPolicy(workload, destination) },
      });
    }
    const edges = edgesAt(site).filter(({ from, to }) => to.name === workload.name && from !== GATEWAY);
    if (!isHttp(workload) || edges.length === 0) return;
    new VirtualService(this, 'routes', {
      metadata: workloadMetadata(site, workload, { annotations: AFTER_WORKLOADS }),
      spec: { hosts: [hostOf(site, workload.name)], http: edges.map((edge) => meshRoute(site, edge)) },
    });
  }
}

/** Timeout and retries of a route. `attempts: 0` is written out, since the mesh's own default is to try twice more. */
export function callPolicy({ timeoutMs, retries }: Call): Pick<HttpRoute, 'timeout' | 'retries'> {
  return {
    ...(timeoutMs === undefined ? {} : { timeout: duration(timeoutMs) }),
    retries:
      retries === undefined
        ? { attempts: 0 }
        : {
            attempts: retries.attempts,
            perTryTimeout: duration(retries.perTryTimeoutMs),
            retryOn: retries.on.join(','),
          },
  };
}

function meshRoute(site: Site, { from, to, call }: Edge): HttpRoute {
  return {
    name: `from-${from}`,
    match: [{ sourceLabels: selectorLabels({ name: from }) }],
    ...callPolicy(call),
    route: [{ destination: { host: hostOf(site, to.name), port: { number: portOf(to) } } }],
  };
}

function trafficPolicy(
  workload: ServedWorkload,
  { connectionPool, outlierDetection, affinityCookie }: Destination,
): TrafficPolicy {
  const { maxConnections, connectTimeoutMs, ...http } = connectionPool;
  const { intervalMs, baseEjectionMs, consecutive5xxErrors, ...rest } = outlierDetection;
  const isWebSocket = workload.callers[GATEWAY]?.streaming === true;
  return {
    connectionPool: {
      tcp: { maxConnections, connectTimeout: duration(connectTimeoutMs) },
      ...(isHttp(workload)
        ? {
            http: {
              ...http,
              maxRequestsPerConnection: 0,
              // A WebSocket is an upgrade of HTTP/1.1; over HTTP/2 it fails.
              ...(isWebSocket ? { h2UpgradePolicy: H2UpgradePolicy.DO_UNDERSCORE_NOT_UNDERSCORE_UPGRADE } : {}),
            },
          }
        : {}),
    },
    loadBalancer: {
      ...(affinityCookie === undefined
        ? { simple: LoadBalancing.LEAST_UNDERSCORE_REQUEST }
        : { consistentHash: { httpCookie: { name: affinityCookie, ttl: '0s' } } }),
      // The nearest healthy pod first; it takes the circuit breaker below to know which are healthy.
      localityLbSetting: {
        enabled: true,
        failoverPriority: ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'],
      },
    },
    outlierDetection: {
      ...rest,
      // The generated name of consecutive5xxErrors; the API's own name would be dropped without a word.
      ...(consecutive5xxErrors === undefined ? {} : { consecutive5XxErrors: consecutive5xxErrors }),
      interval: duration(intervalMs),
      baseEjectionTime: duration(baseEjectionMs),
      // With few pods a health floor would switch the breaker off just when it is needed.
      minHealthPercent: 0,
      splitExternalLocalOriginErrors: true,
    },
  };
}
