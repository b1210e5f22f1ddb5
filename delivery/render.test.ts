import { parse } from 'yaml';
import { LAYERS } from '../constructs/layers';
import type { KubeObject } from '../model/kube-object';
import { renderPlatform } from '../phases/render';
import { platform } from '../platform/platform';
import { delivered, find, waveOf } from '../testing/delivered';
import { field } from '../testing/rendered';
import { tinyPlatform } from '../testing/tiny-platform';
import { renderDelivery } from './render';

const west4 = delivered(platform, 'europe-west4');

const applicationsOf = (objects: ReadonlyMap<string, KubeObject>): KubeObject[] =>
  [...objects.values()].filter(({ kind }) => kind === 'Application');

test('a cluster pinned to none has no folder', () => {
  expect([...delivered(platform, 'europe-west4', 'none').keys()]).toEqual([]);
});

test('every layer has one application, whose path is the folder of the pinned phase and is never missing', () => {
  const { files } = renderPlatform(platform);
  for (const layer of LAYERS) {
    const path = `dist/phase-1/europe-west4/${layer}`;
    expect(field(find(west4, 'Application', `aia-${layer}-europe-west4`), 'spec', 'source')).toEqual({
      repoURL: 'https://git.example.com/aia/aia-gitops.git',
      targetRevision: 'main',
      path,
    });
    expect([...files.keys()].filter((file) => `dist/${file}`.startsWith(`${path}/`)).length).toBeGreaterThan(0);
  }
});

describe('sync policy', () => {
  test.each(applicationsOf(west4).map((object) => [object.metadata.name, object] as const))('%s', (name, object) => {
    const policy = field(object, 'spec', 'syncPolicy');
    expect(field(policy, 'automated')).toEqual({ prune: true, selfHeal: true, allowEmpty: false });
    expect(field(policy, 'retry')).toMatchObject({ limit: 3, refresh: true });
    const options = field(policy, 'syncOptions') as string[];
    expect(options).toEqual(expect.arrayContaining(['ServerSideApply=true', 'ApplyOutOfSyncOnly=true']));
    expect(options).toContain('FailOnSharedResource=true');
    expect(options).not.toContain('Prune=confirm');
    // Only root: of a layer it would scale services down twice on the way back.
    expect(options.includes('PruneLast=true')).toBe(name === 'aia-root');
    // Not root: applications have no status subresource, and their status would show as a difference.
    expect(object.metadata.annotations?.['argocd.argoproj.io/compare-options']).toBe(
      name === 'aia-root' ? undefined : 'ServerSideDiff=true',
    );
  });

  test('layers respect what they ignore; nothing is ignored while nothing is autoscaled', () => {
    for (const layer of LAYERS) {
      const application = find(west4, 'Application', `aia-${layer}-europe-west4`);
      expect(field(application, 'spec', 'syncPolicy', 'syncOptions')).toContain('RespectIgnoreDifferences=true');
      expect(field(application, 'spec', 'ignoreDifferences')).toBeUndefined();
    }
  });

  test('there are no sync windows: they would stop self-heal and the way back too', () => {
    for (const object of west4.values()) expect(field(object, 'spec', 'syncWindows')).toBeUndefined();
  });

  test('deleting a layer or the root deletes nothing else; a chart that leaves takes its objects along', () => {
    const cascading = applicationsOf(west4)
      .filter(({ metadata }) => metadata.finalizers !== undefined)
      .map(({ metadata }) => metadata.name);
    const charts = [...west4]
      .filter(([file]) => file.startsWith('apps/addons/'))
      .map(([, { metadata }]) => metadata.name);
    expect(cascading).toEqual(charts);
    expect(charts.length).toBeGreaterThan(0);
  });
});

test('waves: kinds of charts, then platform, policy, workloads, then charts that need their classes', () => {
  const waves = applicationsOf(west4)
    .filter(({ metadata }) => metadata.name !== 'aia-root')
    .map((object): [string, number] => [object.metadata.name, waveOf(object)]);
  expect(Object.fromEntries(waves)).toEqual({
    'aia-prometheus-operator-crds-europe-west4': -1,
    'aia-cert-manager-europe-west4': 0,
    'aia-external-secrets-europe-west4': 0,
    'aia-platform-europe-west4': 1,
    'aia-policy-europe-west4': 2,
    'aia-workloads-europe-west4': 3,
    'aia-kube-prometheus-stack-europe-west4': 4,
    'aia-victoria-logs-single-europe-west4': 4,
  });
});

describe('projects', () => {
  const kinds = (list: unknown): string[] =>
    (list as { group: string; kind: string }[]).map(({ group, kind }) => (group === '' ? kind : `${kind}.${group}`));

  test('layers: one repository, one namespace, exactly the kinds that are rendered', () => {
    const { spec } = find(west4, 'AppProject', 'aia-layers');
    expect(field(spec, 'sourceRepos')).toEqual(['https://git.example.com/aia/aia-gitops.git']);
    expect(field(spec, 'destinations')).toEqual([{ server: 'https://kubernetes.default.svc', namespace: 'aia' }]);
    expect(kinds(field(spec, 'clusterResourceWhitelist'))).toEqual([
      'Namespace',
      'ClusterQueue.kueue.x-k8s.io',
      'ResourceFlavor.kueue.x-k8s.io',
      'PriorityClass.scheduling.k8s.io',
      'StorageClass.storage.k8s.io',
    ]);
    expect(kinds(field(spec, 'namespaceResourceWhitelist'))).toEqual(
      expect.arrayContaining(['Deployment.apps', 'Ingress.networking.k8s.io', 'CronJob.batch']),
    );
    expect(kinds(field(spec, 'namespaceResourceWhitelist'))).not.toContain('Secret');
    expect(JSON.stringify(spec)).not.toContain('*');
  });

  test('layers: kinds of every phase that the cluster takes part in, since a kind not allowed is never pruned', () => {
    const { cells } = renderPlatform(platform);
    const later = { apiVersion: 'example.com/v1', kind: 'Later', metadata: { name: 'x', namespace: 'aia' } };
    const cell = { ...cells[0], phase: 'phase-2', objects: [{ layer: 'policy', object: later }] } as (typeof cells)[0];
    const files = renderDelivery(platform, new Map([['europe-west4', 'phase-1']]), [...cells, cell]);
    const text = files.get('europe-west4/bootstrap/AppProject.argoproj.io_argocd_aia-layers.yaml') ?? '';
    expect(kinds(field(parse(text), 'spec', 'namespaceResourceWhitelist'))).toEqual(
      expect.arrayContaining(['Later.example.com', 'Deployment.apps']),
    );
  });

  test('layers of a standby: also the kinds that come once it has taken over', () => {
    const { spec } = find(delivered(platform, 'europe-west1', 'phase-3'), 'AppProject', 'aia-layers');
    expect(kinds(field(spec, 'namespaceResourceWhitelist'))).toEqual(
      expect.arrayContaining(['CronJob.batch', 'HorizontalPodAutoscaler.autoscaling', 'ScaledObject.keda.sh']),
    );
    // It has no spot nodes, so there would be no queues.
    expect(kinds(field(spec, 'namespaceResourceWhitelist'))).not.toContain('LocalQueue.kueue.x-k8s.io');
  });

  test('addons: exact repositories and namespaces, all kinds, and the reason beside it', () => {
    const { spec, metadata } = find(west4, 'AppProject', 'aia-addons');
    // Of every phase: a chart that leaves with its phase must still be allowed to go.
    const charts = (['phase-1', 'phase-2', 'phase-3'] as const)
      .flatMap((phase) => [...delivered(platform, 'europe-west4', phase).values()])
      .filter((object) => object.kind === 'Application' && field(object, 'spec', 'project') === 'aia-addons');
    expect(field(spec, 'sourceRepos')).toEqual(
      [...new Set(charts.map((object) => field(object, 'spec', 'source', 'repoURL')))].sort(),
    );
    const namespaces = (field(spec, 'destinations') as { namespace: string }[]).map(({ namespace }) => namespace);
    for (const chart of charts) expect(namespaces).toContain(field(chart, 'spec', 'destination', 'namespace'));
    expect(namespaces).not.toContain('*');
    expect(kinds(field(spec, 'clusterResourceWhitelist'))).toEqual(['*.*']);
    expect(metadata.annotations?.['kubernetes.io/description']).toMatch(/all kinds are allowed since/i);
  });

  test('root: applications in the namespace of Argo CD, and nothing else', () => {
    expect(find(west4, 'AppProject', 'aia-root').spec).toMatchObject({
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'argocd' }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'Application' }],
    });
  });
});

test('a hub: layers go to the cluster, the root stays with Argo CD, and no name is that of another cluster', () => {
  const destination = 'https://10.0.0.1';
  const hub = delivered(
    {
      ...platform,
      clusters: {
        ...platform.clusters,
        'europe-west4': { ...platform.clusters['europe-west4'], destination } as never,
      },
    },
    'europe-west4',
  );
  expect(field(find(hub, 'Application', 'aia-workloads-europe-west4'), 'spec', 'destination', 'server')).toBe(
    destination,
  );
  expect(field(find(hub, 'Application', 'aia-root-europe-west4'), 'spec', 'destination', 'server')).toBe(
    'https://kubernetes.default.svc',
  );
  for (const object of hub.values()) {
    if (object.kind !== 'ConfigMap') expect(object.metadata.name).toMatch(/-europe-west4$/);
  }
});

test('patches lie apart from what `kubectl apply -f bootstrap/` takes', () => {
  const patches = [...west4.keys()].filter((file) => file.startsWith('bootstrap/patches/'));
  expect(patches).toEqual([
    'bootstrap/patches/ConfigMap_argocd_argocd-cm.yaml',
    'bootstrap/patches/ConfigMap_argocd_argocd-notifications-cm.yaml',
  ]);
  const applied = [...west4.keys()].filter((file) => /^bootstrap\/[^/]+$/.test(file));
  expect(applied.map((file) => west4.get(file)?.kind).sort()).toEqual([
    ...['AppProject', 'AppProject', 'AppProject', 'Application'],
  ]);
});

test('notifications: every trigger sends a template that is there, and no service is chosen for the user', () => {
  const data = field(find(west4, 'ConfigMap', 'argocd-notifications-cm'), 'data') as Record<string, string>;
  const triggers = Object.keys(data).filter((key) => key.startsWith('trigger.'));
  expect(triggers).toEqual(['trigger.aia-health-degraded', 'trigger.aia-sync-failed']);
  for (const trigger of triggers) {
    for (const { send } of parse(data[trigger] ?? '') as { send: string[] }[])
      for (const template of send) expect(parse(data[`template.${template}`] ?? '')).toHaveProperty('message');
  }
  expect(Object.keys(data).filter((key) => /^(service|subscriptions)/.test(key))).toEqual([]);
});

test('nothing about AIA stands in here: another platform has its own names, branch and namespace', () => {
  const objects = delivered(tinyPlatform, 'den');
  expect(JSON.stringify([...objects].filter(([file]) => !file.includes('patches')))).not.toMatch(/aia/);
  expect(field(find(objects, 'Application', 'shop-root'), 'spec', 'source', 'targetRevision')).toBe('trunk');
  expect(find(objects, 'Application', 'shop-workloads-den').metadata.namespace).toBe('gitops');
});
