import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { valueAt } from '../../model/platform/chart';
import { addonRequests } from '../../model/platform/nodes';
import { chartFile } from '../../model/platform/sources';
import { mesh } from '../mesh';
import { platform } from '../platform';
import { charts } from '.';

const root = path.join(__dirname, '../..');

/** Millicores that the charts' values request for an add-on, summed here by hand so that the model's sum is not its own proof. */
function millicores(addon: string, perNode: boolean, atMaximum = false): number {
  return Object.values(platform.charts)
    .flatMap((chart) => chart.parts.map((part) => ({ ...part, values: chart.values })))
    .filter((part) => part.addon === addon && (part.count === 'perNode') === perNode)
    .map(({ values, resourcesAt, count, countAtMaximum }) => {
      const cpu = valueAt(values, `${resourcesAt}.requests.cpu`) as string;
      expect(cpu).toMatch(/^\d+m$/);
      const pods = atMaximum ? (countAtMaximum ?? count) : count;
      return parseInt(cpu, 10) * (pods === 'perNode' ? 1 : pods);
    })
    .reduce((sum, amount) => sum + amount, 0);
}

// Platform design, section 6, table "Platform": CPU without the ingress controller. Beside metrics-server the 300m hold
// the cluster's DNS, beside exporter and collector the 200m of a node hold the cloud's drivers.
test.each([
  ['monitoring', false, 850],
  ['logging', false, 250],
  ['certificates-and-secrets', false, 200],
  ['dns-and-metrics', false, 300 - 200],
  ['node-agents', true, 200 - 100],
  ['keda', false, 250],
  ['vertical-pod-autoscaler', false, 150],
  ['mesh-control-plane', false, 500],
  ['mesh-gateway', false, 500],
  ['tracing', false, 250],
  ['mesh-node-agent', true, 100],
  ['batch-queueing', false, 100],
  ['descheduler', false, 50],
  ['global-load-balancing', false, 100],
  ['dns-records', false, 50],
] as const)('values of the charts of %s (per node: %s) request %dm', (addon, perNode, expected) => {
  expect(millicores(addon, perNode)).toBe(expected);
});

test('the gateway requests 250m more when it has scaled to its maximum, and that is the maximum of its values', () => {
  const { parts, values } = charts['istio-gateway'];
  expect(millicores('mesh-gateway', false, true)).toBe(750);
  const [part] = parts;
  expect(values.autoscaling).toMatchObject({ minReplicas: part?.count, maxReplicas: part?.countAtMaximum });
});

// Platform design, section 6: 2,650 less the ingress controller's 500, then + 1,150 with the gateway's 500, then + 400, of
// which Argo Rollouts' 100 are not installed: cognitive-health, which the design does not have, requests as much.
test.each([
  ['phase-1', 2150, 2150],
  ['phase-2', 3800, 4050],
  ['phase-3', 4100, 4350],
] as const)('a cluster that has everything requests in %s %dm, and %dm when all has scaled', (phase, min, max) => {
  const full = platform.clusters['europe-west4'];
  if (full === undefined) throw new Error('no europe-west4');
  const requests = addonRequests(platform, { ...full, name: 'europe-west4' }, phase);
  expect([requests.min, requests.max].map(({ cpuMillicores }) => Number(cpuMillicores))).toEqual([min, max]);
});

test('every chart has a file of its name and says where its version was read', () => {
  const files = readdirSync(__dirname).filter((name) => !/^(index|placement|istio|.*\.test)\.ts$/.test(name));
  expect(files.map((name) => name.replace('.ts', '')).sort()).toEqual(Object.keys(charts).sort());
  for (const [name, { readAt }] of Object.entries(charts)) {
    expect(existsSync(path.join(root, chartFile(name)))).toBe(true);
    expect([name, readAt.commit]).toEqual([name, expect.stringMatching(/^[0-9a-f]{40}$/)]);
  }
});

test('definitions outlive their chart: deleting one deletes every object of its kind', () => {
  const kept = {
    'argocd.argoproj.io/sync-options': 'Prune=false',
    'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  };
  expect(charts['external-secrets'].values.crds.annotations).toEqual(kept);
  expect(charts['prometheus-operator-crds'].values.crds.annotations).toEqual(kept);
  expect(charts['cert-manager'].values.crds.keep).toBe(true);
  expect(charts['kube-prometheus-stack'].values.crds.enabled).toBe(false);
  expect(charts.keda.values.crds.additionalAnnotations).toEqual(kept);
});

test('Prometheus is asked where its chart serves it: the chart names the Service after its release', () => {
  const { namespace, values } = charts['kube-prometheus-stack'];
  // Longer names are cut by the chart; an override would be another name.
  expect('kube-prometheus-stack'.length).toBeLessThanOrEqual(26);
  expect(JSON.stringify(values)).not.toContain('nameOverride');
  const service = `kube-prometheus-stack-prometheus.${namespace}.svc.cluster.local`;
  expect(platform.settings.prometheusUrl).toBe(`http://${service}:9090`);
});

test('Prometheus reads monitors and rules of every namespace, whatever their labels', () => {
  const { prometheusSpec } = charts['kube-prometheus-stack'].values.prometheus;
  expect(prometheusSpec).toMatchObject({
    serviceMonitorSelectorNilUsesHelmValues: false,
    podMonitorSelectorNilUsesHelmValues: false,
    ruleSelectorNilUsesHelmValues: false,
  });
  expect(Object.keys(prometheusSpec).filter((key) => key.endsWith('Selector') && key !== 'nodeSelector')).toEqual([]);
});

describe('the charts of the mesh agree with its data', () => {
  const { meshConfig, ...values } = charts.istiod.values;
  const names = ['istio-base', 'istio-cni', 'istiod', 'istio-gateway'] as const;

  test('all four are of one release', () => {
    expect(new Set(names.map((name) => `${charts[name].repository} ${charts[name].version}`)).size).toBe(1);
    expect(new Set(names.map((name) => charts[name].readAt.commit)).size).toBe(1);
    for (const name of names) expect(charts[name].readAt.source).toContain(`tag ${charts[name].version}`);
  });

  test('the namespace label injects: the tag that it names is one of istiod, and the gateway has it too', () => {
    expect(values.revisionTags).toEqual([mesh.revision]);
    expect(charts['istio-gateway'].values.revision).toBe(mesh.revision);
    expect(values.pilot.cni.enabled).toBe(true);
  });

  test('the provider that Telemetry names exists, and is the Service of the collector', () => {
    const [provider] = meshConfig.extensionProviders;
    const { ports, alternateConfig } = charts['opentelemetry-collector'].values;
    expect(provider).toEqual({
      name: mesh.tracing.provider,
      opentelemetry: { service: 'opentelemetry-collector.tracing.svc.cluster.local', port: 4317 },
    });
    expect(alternateConfig.receivers.otlp.protocols.grpc.endpoint).toMatch(/:4317$/);
    // The chart's own port of that number, which it calls `otlp`, is on unless it is turned off.
    expect(ports).not.toHaveProperty('otlp');
    expect(charts['opentelemetry-collector'].namespace).toBe(mesh.tracing.namespace);
  });

  test('naming a provider for traces takes none from metrics: the chart has its own default only where none is named', () => {
    expect(meshConfig.defaultProviders).toEqual({ metrics: ['prometheus'], tracing: [mesh.tracing.provider] });
  });

  test('the collector uses what it declares, and memory_limiter first', () => {
    const { service, ...components } = charts['opentelemetry-collector'].values.alternateConfig;
    const { traces } = service.pipelines;
    for (const kind of ['receivers', 'processors', 'exporters'] as const)
      expect(Object.keys(components[kind]).sort()).toEqual([...traces[kind]].sort());
    expect(traces.processors[0]).toBe('memory_limiter');
    expect(Object.keys(components.extensions)).toEqual(service.extensions);
  });

  test('the gateway has the labels that Gateways select, and buckets that hold the objective', () => {
    const { labels, podAnnotations } = charts['istio-gateway'].values;
    expect(labels).toEqual(mesh.gateway.selector);
    const buckets = JSON.parse(podAnnotations['sidecar.istio.io/statsHistogramBuckets']) as { istiocustom: number[] };
    expect(buckets.istiocustom).toContain(mesh.responseTimeObjectiveMs);
  });

  test('what istiod would change itself is written the same, or Argo CD and istiod would undo each other', () => {
    expect(values.base).toEqual({ validationFailurePolicy: 'Fail' });
    expect(charts['istio-base'].values.base).toEqual({ validationFailurePolicy: 'Fail' });
  });
});

test('agents run on every node: they tolerate the taints of all pools', () => {
  const taints = Object.values(platform.clusters).flatMap(({ pools }) =>
    Object.values(pools).flatMap((list) => list.flatMap((pool) => pool.taints)),
  );
  // Spot nodes and edge sites; a pool with another effect needs another toleration.
  expect(new Set(taints.map(({ key, effect }) => `${key}:${effect}`))).toEqual(
    new Set(['cloud.google.com/gke-spot:NoSchedule', 'aia.io/edge:NoSchedule']),
  );
  const agents = Object.entries(platform.charts).flatMap(([name, { parts, values }]) =>
    parts
      .filter(({ count }) => count === 'perNode')
      .map(({ resourcesAt }) => [name, valueAt(values, resourcesAt.replace(/resources$/, 'tolerations'))]),
  );
  expect(agents.map(([name]) => name)).toEqual(['istio-cni', 'kube-prometheus-stack', 'victoria-logs-single']);
  for (const [, tolerations] of agents)
    expect(tolerations).toContainEqual({ operator: 'Exists', effect: 'NoSchedule' });
});

test('no budget forbids every drain: it goes with more than one pod, or is turned off', () => {
  const { recommender, admissionController } = charts['vertical-pod-autoscaler'].values;
  for (const { replicas, podDisruptionBudget } of [recommender, admissionController])
    expect(replicas > 1 || !podDisruptionBudget.enabled).toBe(true);
  expect(charts['istio-gateway'].values.podDisruptionBudget).toEqual({ maxUnavailable: 1 });
});

test('nothing that runs only with an updater is used: it is turned off', () => {
  expect(charts['vertical-pod-autoscaler'].values.updater.enabled).toBe(false);
  for (const { verticalScaling } of Object.values(platform.workloads).flatMap((workload) =>
    'verticalScaling' in workload ? [workload] : [],
  ))
    for (const scaling of Object.values(verticalScaling ?? {})) expect(['Off', 'Initial']).toContain(scaling.mode);
});

test('classes that a chart names are there before it: priority classes belong to the platform layer', () => {
  for (const [name, chart] of Object.entries(platform.charts)) {
    const classes = JSON.stringify(chart.values).match(/(?<="(?:p|podP)riorityClassName":")[^"]+/g) ?? [];
    for (const priority of classes) expect(Object.keys(platform.priorities)).toContain(priority);
    if (classes.length > 0 || chart.storageClassAt !== undefined) expect([name, chart.stage]).toEqual([name, 'after']);
  }
});
