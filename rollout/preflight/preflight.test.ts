import type { KubeObject } from '../../model/kube-object';
import { rolloutAccess } from '../../model/rollout-access';
import { platform } from '../../platform/platform';
import { delivered } from '../../testing/delivered';
import { KubeStub, type Call } from '../../testing/kube-stub';
import { liveDeployment, livePod } from '../../testing/live-objects';
import { objectsOf } from '../../testing/rendered';
import { siteOf } from '../../testing/site';
import type { Situation } from './check';
import { blocks, checksAfterNodes, preflight, type CheckResult } from './run';
import { preflightText } from './text';

const site = siteOf('europe-west4');
const desired = objectsOf(platform, 'phase-1', 'europe-west4');
const files = delivered(platform, 'europe-west4');
const bootstrap = [...files].filter(([file]) => file.startsWith('bootstrap/')).map(([, object]) => object);

let stub: KubeStub;
beforeEach(async () => {
  stub = await KubeStub.start();
  ready(stub);
});
afterEach(() => stub.stop());

const situation = (): Situation => ({ live: stub.connect(), site, phase: 'phase-1', desired, bootstrap });
const look = (): Promise<CheckResult[]> => preflight(situation());
const told = (results: CheckResult[], id: string): string =>
  (results.find((entry) => entry.id === id)?.findings ?? [])
    .map(({ level, what, remedy }) => [level, what, ...remedy].join('\n'))
    .join('\n');

/** A cluster on which nothing stands in the way. */
function ready(kube: KubeStub): void {
  kube
    .serve('argoproj.io/v1alpha1', 'Application', 'applications')
    .serve('argoproj.io/v1alpha1', 'AppProject', 'appprojects');
  kube.serve('cloud.google.com/v1', 'BackendConfig', 'backendconfigs');
  kube
    .serve('networking.gke.io/v1', 'ManagedCertificate', 'managedcertificates')
    .serve('networking.gke.io/v1beta1', 'FrontendConfig', 'frontendconfigs');
  kube.put(namespace('europe-west4'), ...nodes());
  kube.put(...bootstrap.filter(({ kind }) => kind === 'AppProject'));
  const root = bootstrap.find(({ kind }) => kind === 'Application');
  if (root === undefined) throw new Error('no root');
  kube.put({ ...root, status: { reconciledAt: new Date().toISOString() } });
  kube.put({
    ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd' } },
    data: { 'resource.customizations.health.argoproj.io_Application': '…' },
  });
}

function namespace(cluster?: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'aia', ...(cluster === undefined ? {} : { labels: { 'aia.io/cluster': cluster } }) },
  };
}

function nodes(): KubeObject[] {
  return (site.cluster.pools['phase-1'] ?? []).flatMap(({ name, label, zones, capacitySpread }) =>
    zones.map((zone) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: `${name}-${zone}`,
        labels: { 'aia.io/pool': label, 'aia.io/capacity-spread': capacitySpread },
      },
      spec: {},
      status: { allocatable: { cpu: '3920m', memory: '13597Mi' }, conditions: [{ type: 'Ready', status: 'True' }] },
    })),
  );
}

test('a cluster that is ready: nothing but the registry that nobody has set', async () => {
  const results = await look();
  expect(blocks(results)).toBe(false);
  expect(results.flatMap(({ findings }) => findings.map(({ what }) => what))).toEqual([
    'the registry is registry.example.com, which nobody has set yet: nothing can be pulled from it',
  ]);
  expect(preflightText(results)).toContain('0 problems, 1 warning');
});

test('another cluster: nothing else is asked', async () => {
  stub.put(namespace('edge-1'));
  const results = await look();
  expect(results.map(({ id }) => id)).toEqual(['cluster']);
  expect(told(results, 'cluster')).toMatch(/leads to edge-1, not to europe-west4\n--cluster edge-1/);
});

test('a namespace without the label: the command that sets it', async () => {
  stub.put(namespace());
  expect(told(await look(), 'cluster')).toContain('label namespace aia aia.io/cluster=europe-west4');
});

test('an API server older than the manifests', async () => {
  stub.version = 'v1.27.3';
  expect(told(await look(), 'kubernetes')).toContain('runs v1.27.3; the manifests are rendered for 1.28');
});

test('rights that are missing, and the folder that gives them', async () => {
  stub.refused.add('patch applications').add('list pods');
  const said = told(await look(), 'rights');
  expect(said).toContain('patch applications.argoproj.io in argocd, list pods');
  expect(said).toContain('apply -f argocd/europe-west4/bootstrap/access');
});

test('a project that does not allow what the phases have', async () => {
  const project = bootstrap.find(({ metadata }) => metadata.name === 'aia-layers');
  stub.put({
    ...project,
    spec: { clusterResourceWhitelist: [{ group: '*', kind: '*' }], namespaceResourceWhitelist: [] },
  } as KubeObject);
  expect(told(await look(), 'argocd')).toMatch(/project aia-layers does not allow \/ConfigMap, .*apps\/Deployment/);
});

test('a root that reads another branch, and an Argo CD that does not look', async () => {
  const root = bootstrap.find(({ kind }) => kind === 'Application');
  stub.put({
    ...root,
    spec: { source: { repoURL: 'https://git.example.com/aia/aia-gitops.git', targetRevision: 'dev', path: 'x' } },
  } as KubeObject);
  const said = told(await look(), 'argocd');
  expect(said).toContain('targetRevision is dev, not main; path is x, not argocd/europe-west4/apps');
  expect(said).toContain('Argo CD does not look at aia-root: last time never');
});

test('a root that was applied a moment ago is given time for its first look', async () => {
  const root = bootstrap.find(({ kind }) => kind === 'Application');
  stub.put({ ...root, metadata: { ...root?.metadata, creationTimestamp: new Date().toISOString() } } as KubeObject);
  expect(told(await look(), 'argocd')).toBe('');
});

test('a pool that is missing: the command that makes it', async () => {
  const other = await KubeStub.start();
  ready(other);
  for (const node of nodes().filter(({ metadata }) => metadata.labels?.['aia.io/pool'] === 'ml'))
    other.put({ ...node, metadata: { name: node.metadata.name, labels: {} } });
  const results = await preflight({ ...situation(), live: other.connect() });
  expect(told(results, 'pools')).toContain(
    '0 of 2 nodes with aia.io/pool=ml are ready\ngcloud container node-pools create ml',
  );
  await other.stop();
});

test('others take the room that the phase needs at its minimum', async () => {
  // Eight nodes have 31.36 cores; the pods of phase 1 ask for 19 at least, so 20 for others are too many.
  stub.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'big', namespace: 'else' },
    spec: { nodeName: 'n', containers: [{ name: 'c', resources: { requests: { cpu: '20' } } }] },
    status: { phase: 'Running' },
  });
  expect(told(await look(), 'room')).toMatch(/^problem\nthe minimum of the phase does not fit: .* 20.0 cores/);
});

test('a sick service is a warning, with what the step changes about it and where to look', async () => {
  stub.put(
    liveDeployment(
      'ml-inference-service',
      3,
      { availableReplicas: 0 },
      {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'ml-inference-service' } },
        template: { spec: { containers: [{ name: 'ml-inference', resources: { limits: { memory: '1Gi' } } }] } },
      },
    ),
    livePod(
      'ml-inference-service-1-a',
      'ml-inference-service-1',
      { ready: false },
      {
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
      },
    ),
  );
  const results = await look();
  expect(blocks(results)).toBe(false);
  expect(told(results, 'services')).toMatch(
    /0 of 3 available. main is killed at its memory limit[^]*memory limits from 1Gi to 4Gi[^]*docs\/runbooks\/out-of-memory.md/,
  );
});

test('a workload under another name would run twice', async () => {
  stub.put(liveDeployment('ml-inference', 3));
  expect(told(await look(), 'objects')).toContain(
    'Deployment aia/ml-inference is not in Git and goes on running; it looks like ml-inference-service',
  );
});

test('a check that can not be made is a problem, and hides no other', async () => {
  stub.failures = { status: 403, times: 1 };
  const results = await look();
  expect(told(results, 'cluster')).toMatch(/^problem\ncould not be looked at/);
});

test('nothing is asked that the rendered account may not', async () => {
  await look();
  const rules = rolloutAccess(platform.settings, 'europe-west4');
  const allowed = (call: Call): boolean => {
    const found = /^\/(?:api|apis\/([^/]+))\/[^/]+(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/.exec(call.path);
    // Discovery, the version and questions about oneself are everybody's.
    if (found === null || found[3] === 'selfsubjectaccessreviews') return true;
    const [, group = '', where, resource = '', name] = found;
    const inNamespace = resource === 'namespaces' ? undefined : where;
    const verb = name === undefined ? 'list' : 'get';
    return rules.some(
      (rule) =>
        rule.group === group &&
        rule.resources.includes(resource) &&
        rule.verbs.includes(verb) &&
        (rule.names === undefined || (name !== undefined && rule.names.includes(name))) &&
        (rule.scope === 'cluster' || inNamespace === { workloads: 'aia', argocd: 'argocd' }[rule.scope]),
    );
  };
  expect(stub.calls.filter((call) => !allowed(call)).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  expect(stub.calls.filter(({ method, path }) => method !== 'GET' && !path.includes('selfsubject'))).toEqual([]);
});

test.each([
  [[['phase-1', 'phase-2']], []],
  [[['phase-2', 'phase-3']], ['pools', 'room']],
  // The nodes of phase 1 come with the step to phase 2.
  [
    [
      ['phase-3', 'phase-2'],
      ['phase-2', 'phase-1'],
    ],
    ['pools', 'room'],
  ],
] as const)('on the way %j nodes are asked for later: %j', (way, later) => {
  expect(
    checksAfterNodes(
      site,
      way.map(([from, to]) => ({ from, to })),
    ),
  ).toEqual(later);
});
