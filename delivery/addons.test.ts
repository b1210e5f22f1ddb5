import type { KubeObject } from '../model/kube-object';
import type { Platform } from '../model/platform/platform';
import { platform } from '../platform/platform';
import { delivered, find, waveOf } from '../testing/delivered';
import { field } from '../testing/rendered';

const west4 = delivered(platform, 'europe-west4');

function changed(change: object): Platform {
  const cluster = { ...platform.clusters['europe-west4'], ...change } as never;
  return { ...platform, clusters: { ...platform.clusters, 'europe-west4': cluster } };
}

describe('add-ons', () => {
  const charts = (objects: ReadonlyMap<string, KubeObject>): string[] =>
    [...objects.keys()].filter((file) => file.startsWith('apps/addons/'));
  test('what the cloud brings itself is not installed', () => {
    expect(charts(west4).join()).not.toContain('metrics-server');
    expect(charts(delivered(changed({ provides: [] }), 'europe-west4')).join()).toContain('metrics-server');
  });

  test('external: somebody else installs them, so there is neither an application nor a project', () => {
    const external = delivered(changed({ addons: 'external' }), 'europe-west4');
    expect(charts(external)).toEqual([]);
    expect([...external.keys()].join()).not.toContain('aia-addons');
  });

  test("disks of a chart are of the cluster's own class", () => {
    const stack = find(west4, 'Application', 'aia-kube-prometheus-stack-europe-west4');
    expect(
      field(
        stack,
        ...['spec', 'source', 'helm', 'valuesObject', 'prometheus', 'prometheusSpec', 'storageSpec'],
        ...['volumeClaimTemplate', 'spec', 'storageClassName'],
      ),
    ).toBe('aia-encrypted');
  });
});

describe('add-ons of phase 3', () => {
  const names = (cluster: string, data = platform): string[] => {
    const before = applications(cluster, 'phase-2', data);
    return applications(cluster, 'phase-3', data).filter((name) => !before.includes(name));
  };
  const applications = (cluster: string, phase: 'phase-2' | 'phase-3', data: Platform): string[] =>
    [...delivered(data, cluster, phase)]
      .filter(([file]) => file.startsWith('apps/addons/'))
      .map(([, { metadata }]) => metadata.name.replace('aia-', '').replace(`-${cluster}`, ''));
  const values = (cluster: string, chart: string): unknown =>
    field(
      find(delivered(platform, cluster, 'phase-3'), 'Application', `aia-${chart}-${cluster}`),
      ...['spec', 'source', 'helm', 'valuesObject'],
    );

  test('a queue where there is spot capacity, global DNS where the public name may lead', () => {
    expect(names('europe-west4')).toEqual(['descheduler', 'k8gb', 'kueue']);
    expect(applications('europe-west1', 'phase-3', platform)).toEqual(
      applications('europe-west4', 'phase-3', platform).filter((name) => name !== 'kueue'),
    );
    expect(names('europe-west4', changed({ globalDns: false }))).toEqual(['descheduler', 'kueue']);
    expect(names('europe-west4', changed({ globalDns: undefined }))).toEqual(['descheduler', 'kueue']);
  });

  test('the kinds of the layers come before them', () => {
    const objects = delivered(platform, 'europe-west4', 'phase-3');
    const wave = (chart: string): number => waveOf(find(objects, 'Application', `aia-${chart}-europe-west4`));
    expect([wave('cert-manager'), wave('kueue'), wave('k8gb'), wave('descheduler')]).toEqual([-1, 0, 0, 4]);
  });

  test('each region has its own tag, knows the others, and owns what it writes', () => {
    expect(values('europe-west4', 'k8gb')).toMatchObject({
      k8gb: { clusterGeoTag: 'europe-west4', extGslbClustersGeoTags: 'europe-west1' },
      extdns: { txtOwnerId: 'k8gb-aia-europe-west4', txtPrefix: 'k8gb-europe-west4-' },
    });
    expect(values('europe-west1', 'k8gb')).toMatchObject({
      k8gb: { clusterGeoTag: 'europe-west1', extGslbClustersGeoTags: 'europe-west4' },
      extdns: { txtOwnerId: 'k8gb-aia-europe-west1', txtPrefix: 'k8gb-europe-west1-' },
    });
  });

  test('nobody gets a placeholder, and what only looks like one stays', () => {
    const objects = delivered(platform, 'europe-west4', 'phase-3');
    const text = JSON.stringify([...objects.values()]);
    expect(text).not.toMatch(/\{(region|otherRegions)\}/);
    expect(text).toContain('${env:MY_POD_IP}');
  });
});

describe('add-ons of phase 2', () => {
  const own = ['istio-base', 'istio-cni', 'istio-gateway', 'istiod', 'keda', 'opentelemetry-collector'];
  const names = (objects: ReadonlyMap<string, KubeObject>): string[] =>
    [...objects]
      .filter(([file]) => file.startsWith('apps/addons/'))
      .map(([, { metadata }]) => metadata.name.replace(/^aia-|-(europe-west4|local)$/g, ''));
  const now = delivered(platform, 'europe-west4', 'phase-2');
  const source = (chart: string, ...path: string[]): unknown =>
    field(find(now, 'Application', `aia-${chart}-europe-west4`), 'spec', 'source', ...path);

  test('europe-west4 has those of phase 1, autoscaling and mesh', () => {
    expect(names(now)).toEqual([...names(west4), ...own, 'vertical-pod-autoscaler'].sort());
  });

  test('a laptop that scales nothing and has no mesh has none of them, managed or not', () => {
    const local = { ...platform.clusters.local, addons: 'managed' } as Platform['clusters'][string];
    const managed = delivered({ ...platform, clusters: { ...platform.clusters, local } }, 'local', 'phase-2');
    expect(names(managed)).toEqual([...names(west4), 'metrics-server'].sort());
    expect(names(delivered(platform, 'local', 'phase-2'))).toEqual([]);
  });

  test('order: definitions and agents, then what needs them, then the layers, then what needs their classes', () => {
    const waves = [...names(west4), ...own, 'vertical-pod-autoscaler'].map((name): [string, number] => [
      name,
      waveOf(find(now, 'Application', `aia-${name}-europe-west4`)),
    ]);
    expect(Object.fromEntries(waves)).toEqual({
      'prometheus-operator-crds': -2,
      'istio-base': -1,
      'istio-cni': -1,
      'cert-manager': -1,
      'external-secrets': 0,
      istiod: 0,
      keda: 0,
      'vertical-pod-autoscaler': 0,
      'kube-prometheus-stack': 4,
      'victoria-logs-single': 4,
      'istio-gateway': 4,
      'opentelemetry-collector': 4,
    });
  });

  test("Istio's charts have plain names in their repository and telling ones on the cluster", () => {
    expect(['istio-base', 'istio-cni', 'istiod', 'istio-gateway'].map((name) => source(name, 'chart'))).toEqual([
      ...['base', 'cni', 'istiod', 'gateway'],
    ]);
    expect(source('istio-gateway', 'helm', 'releaseName')).toBe('istio-gateway');
  });

  test('what only one cloud needs is there where that cloud is the front door, and nowhere else', () => {
    const values = source('istio-gateway', 'helm', 'valuesObject');
    expect(field(values, 'service')).toEqual({
      ports: expect.arrayContaining([expect.objectContaining({ port: 443 })]) as unknown,
      annotations: expect.objectContaining({
        'networking.gke.io/load-balancer-ip-addresses': 'aia-gateway',
      }) as unknown,
    });
    expect(source('istio-cni', 'helm', 'valuesObject', 'cniBinDir')).toBe('/home/kubernetes/bin');
    const elsewhere = delivered(changed({ frontDoor: 'none' }), 'europe-west4', 'phase-2');
    for (const chart of ['istio-gateway', 'istio-cni'])
      expect(JSON.stringify(find(elsewhere, 'Application', `aia-${chart}-europe-west4`))).not.toMatch(
        /gke|kubernetes\/bin/,
      );
  });
});
