import type { KubeObject } from '../model/kube-object';
import type { Cluster } from '../model/platform/cluster';
import { edgesAt, isHttp } from '../model/platform/edges';
import { platform } from '../platform/platform';
import { field, findObject, objectsOf } from '../testing/rendered';

const west4 = { ...platform.clusters['europe-west4'], name: 'europe-west4' } as Cluster;

const objects = objectsOf(platform, 'phase-2', 'europe-west4');
const ofKind = (kind: string): KubeObject[] => objects.filter((object) => object.kind === kind);
const owners = objects.filter(({ kind }) => ['Deployment', 'StatefulSet', 'CronJob'].includes(kind));
const templateOf = (object: KubeObject): unknown =>
  field(object, 'spec', 'template') ?? field(object, 'spec', 'jobTemplate', 'spec', 'template');

/** Declared calls as `caller > callee`, the front door's apart. */
const declared = edgesAt({ platform, cluster: west4, phase: 'phase-2' }).filter(({ from }) => from !== 'gateway');
const pairs = (edges: readonly { from: string; to: { name: string } }[]): string[] =>
  edges.map(({ from, to }) => `${from} > ${to.name}`).sort();

test('the calls of the platform design, section 2.5, are declared', () => {
  expect(pairs(edgesAt({ platform, cluster: west4, phase: 'phase-2' }))).toEqual(
    expect.arrayContaining([
      'gateway > api',
      'gateway > neuro-interface',
      'gateway > ws-gateway',
      'neuro-interface > api',
      'api > cognitive-processor',
      'api > biometric-processor',
      'api > cognitive-cache',
      'api > neural-store',
      'ws-gateway > cognitive-processor',
      'ws-gateway > cognitive-cache',
      'cognitive-processor > ml-inference-service',
      'cognitive-processor > cognitive-cache',
      'cognitive-processor > neural-store',
      'biometric-processor > ml-inference-service',
      'biometric-processor > neural-store',
      'ml-batch > neural-store',
      'cognitive-cache > cognitive-cache',
      'neural-store > neural-store',
    ]),
  );
});

describe('injection', () => {
  test('goes by a revision label, never together with the label that would hide it', () => {
    const { labels } = findObject(objects, 'Namespace', 'aia').metadata;
    expect(labels).toMatchObject({ 'istio.io/rev': 'stable' });
    expect(labels).not.toHaveProperty('istio-injection');
  });

  test.each(owners.map((owner) => [owner.metadata.name, owner] as const))(
    '%s sets all four amounts of its proxy',
    (_, owner) => {
      const annotations = field(templateOf(owner), 'metadata', 'annotations') as Record<string, string>;
      for (const key of ['proxyCPU', 'proxyCPULimit', 'proxyMemory', 'proxyMemoryLimit']) {
        expect(annotations[`sidecar.istio.io/${key}`]).toMatch(/^\d+(m|Mi)?$/);
      }
      const { istiocustom } = JSON.parse(annotations['sidecar.istio.io/statsHistogramBuckets'] ?? '') as {
        istiocustom: number[];
      };
      expect(istiocustom).toContain(200);
    },
  );

  test('on Kubernetes 1.28 the proxy starts before the application', () => {
    for (const owner of owners) {
      const annotations = field(templateOf(owner), 'metadata', 'annotations') as Record<string, string>;
      expect(JSON.parse(annotations['proxy.istio.io/config'] ?? '')).toMatchObject({
        holdApplicationUntilProxyStarts: true,
      });
      expect(annotations).not.toHaveProperty('sidecar.istio.io/nativeSidecar');
    }
  });

  test('on Kubernetes 1.29 with Istio 1.27 Kubernetes itself starts it first', () => {
    const cluster = { ...platform.clusters['europe-west4'], k8sMinor: 29, istioMinor: 27 };
    const newer = { ...platform, clusters: { ...platform.clusters, 'europe-west4': cluster } } as typeof platform;
    const api = findObject(objectsOf(newer, 'phase-2', 'europe-west4'), 'Deployment', 'api');
    const annotations = field(templateOf(api), 'metadata', 'annotations') as Record<string, string>;
    expect(annotations['sidecar.istio.io/nativeSidecar']).toBe('true');
    expect(annotations['proxy.istio.io/config']).not.toContain('holdApplication');
  });

  test('the proxy drains within the grace period of its pod', () => {
    for (const owner of owners) {
      const template = templateOf(owner);
      const config = field(template, 'metadata', 'annotations', 'proxy.istio.io/config') as string;
      const { terminationDrainDuration } = JSON.parse(config) as { terminationDrainDuration: string };
      const grace = field(template, 'spec', 'terminationGracePeriodSeconds') as number;
      expect(Number.parseInt(terminationDrainDuration, 10)).toBeLessThanOrEqual(grace);
    }
  });
});

describe('mutual TLS', () => {
  test('is accepted everywhere and demanded nowhere: PERMISSIVE', () => {
    expect(ofKind('PeerAuthentication')).toHaveLength(1);
    expect(field(findObject(objects, 'PeerAuthentication', 'default'), 'spec')).toEqual({
      mtls: { mode: 'PERMISSIVE' },
    });
  });

  test('is switched off by no destination', () => {
    for (const rule of ofKind('DestinationRule')) expect(field(rule, 'spec', 'trafficPolicy', 'tls')).toBeUndefined();
  });
});

describe('routes', () => {
  const routes = ofKind('VirtualService');
  const services = new Set(ofKind('Service').map(({ metadata }) => `${metadata.name}.aia.svc.cluster.local`));

  test('in the mesh exist for exactly the declared HTTP calls', () => {
    const written = routes
      .filter(({ metadata }) => metadata.name !== 'front-door')
      .flatMap((route) =>
        (field(route, 'spec', 'http') as { match: { sourceLabels: Record<string, string> }[] }[]).map(
          ({ match }) => `${match[0]?.sourceLabels['app.kubernetes.io/name'] ?? ''} > ${route.metadata.name}`,
        ),
      );
    expect(written.sort()).toEqual(pairs(declared.filter(({ to }) => isHttp(to))));
  });

  test('and destinations name hosts and ports of Services that are there', () => {
    for (const route of routes) {
      for (const entry of field(route, 'spec', 'http') as {
        route: { destination: { host: string; port: { number: number } } }[];
      }[]) {
        for (const { destination } of entry.route) {
          expect(services).toContain(destination.host);
          const service = findObject(objects, 'Service', destination.host.split('.')[0] ?? '');
          const ports = (field(service, 'spec', 'ports') as { port: number }[]).map(({ port }) => port);
          expect(ports).toContain(destination.port.number);
        }
      }
    }
    for (const rule of ofKind('DestinationRule')) expect(services).toContain(field(rule, 'spec', 'host'));
  });

  test('say how often they try, and only cognitive to ML tries again: once, on failures to connect', () => {
    const repeated = routes.flatMap((route) =>
      (field(route, 'spec', 'http') as { name: string; retries: { attempts: number } }[]).flatMap(
        ({ name, retries }) => {
          expect(retries.attempts).toEqual(expect.any(Number));
          return retries.attempts > 0 ? [[route.metadata.name, name, retries]] : [];
        },
      ),
    );
    expect(repeated).toEqual([
      [
        'ml-inference-service',
        'from-cognitive-processor',
        { attempts: 1, perTryTimeout: '280ms', retryOn: 'connect-failure,refused-stream' },
      ],
    ]);
  });

  test('of the front door try the WebSocket first, without a timeout', () => {
    const front = field(findObject(objects, 'VirtualService', 'front-door'), 'spec', 'http') as Record<
      string,
      unknown
    >[];
    expect(front.map(({ name, timeout }) => [name, timeout])).toEqual([
      ['ws-gateway', undefined],
      ['api', '2s'],
      ['neuro-interface', '2s'],
    ]);
  });

  test('and destinations name no subset, so none can be missing', () => {
    expect(JSON.stringify([...routes, ...ofKind('DestinationRule')])).not.toContain('subset');
  });
});

/** Per caller's pod: connections, connect timeout, pending, requests; 5xx, gateway errors, interval, ejection, share. */
test.each([
  ['api', 200, '1s', 100, 400, 5, 3, '10s', '30s', 34],
  ['cognitive-processor', 50, '500ms', 50, 100, 5, 3, '5s', '30s', 50],
  ['ml-inference-service', 64, '250ms', 16, 32, 5, 3, '5s', '15s', 34],
  ['biometric-processor', 50, '500ms', 25, 50, 5, 3, '10s', '30s', 50],
  ['ws-gateway', 2000, '1s', 256, undefined, 5, 3, '10s', '30s', 50],
])('%s has the circuit breaker of the platform design, section 2.4', (name, ...values) => {
  const policy = field(findObject(objects, 'DestinationRule', name), 'spec', 'trafficPolicy');
  const pool = field(policy, 'connectionPool');
  const outlier = field(policy, 'outlierDetection') as Record<string, unknown>;
  expect([
    field(pool, 'tcp', 'maxConnections'),
    field(pool, 'tcp', 'connectTimeout'),
    field(pool, 'http', 'http1MaxPendingRequests'),
    field(pool, 'http', 'http2MaxRequests'),
    outlier.consecutive5xxErrors,
    outlier.consecutiveGatewayErrors,
    outlier.interval,
    outlier.baseEjectionTime,
    outlier.maxEjectionPercent,
  ]).toEqual(values);
  expect(outlier).toMatchObject({ minHealthPercent: 0, splitExternalLocalOriginErrors: true });
});

test('WebSockets are never upgraded to HTTP/2, and a session keeps its pod by a cookie', () => {
  const policy = field(findObject(objects, 'DestinationRule', 'ws-gateway'), 'spec', 'trafficPolicy');
  expect(field(policy, 'connectionPool', 'http', 'h2UpgradePolicy')).toBe('DO_NOT_UPGRADE');
  expect(field(policy, 'loadBalancer', 'consistentHash', 'httpCookie')).toEqual({ name: 'aia-ws', ttl: '0s' });
});

test('the store never leaves its primary out, and calls stay near where they can', () => {
  for (const name of ['neural-store', 'neural-store-read']) {
    expect(
      field(
        findObject(objects, 'DestinationRule', name),
        'spec',
        'trafficPolicy',
        'outlierDetection',
        'maxEjectionPercent',
      ),
    ).toBe(0);
  }
  for (const rule of ofKind('DestinationRule')) {
    expect(field(rule, 'spec', 'trafficPolicy', 'loadBalancer', 'localityLbSetting')).toEqual({
      enabled: true,
      failoverPriority: ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'],
    });
    expect(field(rule, 'spec', 'trafficPolicy', 'outlierDetection')).toBeDefined();
  }
});

test('a proxy reaches exactly the declared callees of its workload, the control plane and the collector', () => {
  const written = ofKind('Sidecar').flatMap((sidecar) => {
    const [{ hosts }] = field(sidecar, 'spec', 'egress') as [{ hosts: string[] }];
    expect(hosts.slice(-2)).toEqual(['istio-system/*', 'tracing/*']);
    expect(field(sidecar, 'spec', 'outboundTrafficPolicy')).toEqual({ mode: 'REGISTRY_ONLY' });
    const callees = hosts
      .slice(0, -2)
      .map((host) => host.replace(/^\.\/([a-z-]+?)(-headless|-read)?\.aia\.svc.*$/, '$1'));
    return [...new Set(callees)].map((callee) => `${sidecar.metadata.name} > ${callee}`);
  });
  expect(written.sort()).toEqual(pairs(declared));
});

test('traces go to the collector: one in a hundred, of ML inference one in ten', () => {
  const tracing = (name: string): unknown => field(findObject(objects, 'Telemetry', name), 'spec', 'tracing');
  expect(tracing('default')).toEqual([{ providers: [{ name: 'otel' }], randomSamplingPercentage: 1 }]);
  expect(tracing('ml-inference-service')).toEqual([{ providers: [{ name: 'otel' }], randomSamplingPercentage: 10 }]);
});

test('every workload has a monitor that selects its pods', () => {
  // The others look at add-ons: phases/monitors.test.ts.
  const monitors = ofKind('PodMonitor').filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name']);
  expect(monitors.map(({ metadata }) => metadata.name)).toEqual(owners.map(({ metadata }) => metadata.name).sort());
  for (const monitor of monitors) {
    expect(field(monitor, 'spec', 'selector', 'matchLabels')).toEqual({
      'app.kubernetes.io/name': monitor.metadata.name,
    });
  }
});

test('the parts of the response time add up to the 200 ms that users are promised', () => {
  const parts = Object.values(platform.workloads).map(({ mesh }) => mesh.latencyBudgetMs ?? 0);
  expect(parts.reduce((sum, part) => sum + part, platform.mesh.latencyBudgetMs)).toBe(200);
});

test('neither phase 1 nor a laptop has anything of the mesh', () => {
  for (const without of [objectsOf(platform, 'phase-1', 'europe-west4'), objectsOf(platform, 'phase-2', 'local')]) {
    expect(JSON.stringify(without)).not.toMatch(/istio/);
  }
});
