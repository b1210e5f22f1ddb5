import type { KubeObject } from '../model/kube-object';
import type { Platform } from '../model/platform/platform';
import { platform } from '../platform/platform';
import { amtool } from '../testing/amtool';
import { delivered, find } from '../testing/delivered';
import { field } from '../testing/rendered';
import { tinyPlatform } from '../testing/tiny-platform';
import { alertmanagerConfig, receiverOf } from './alertmanager';

const chart = 'kube-prometheus-stack';
const values = (data: Platform, cluster: string): unknown =>
  field(
    find(delivered(data, cluster, 'phase-3'), 'Application', `aia-${chart}-${cluster}`),
    ...['spec', 'source', 'helm', 'valuesObject'],
  );
const west4 = values(platform, 'europe-west4');
const config = field(west4, 'alertmanager', 'config');

const without = { ...platform.clusters['europe-west4'], secretStore: undefined };
const noStore = {
  ...platform,
  clusters: { ...platform.clusters, 'europe-west4': without as Platform['clusters'][string] },
};

test.each([
  ['of a cluster with a secret store', config],
  ['of one without', field(values(noStore, 'europe-west4'), 'alertmanager', 'config')],
  ['of another platform', alertmanagerConfig(tinyPlatform.routing, true)],
])('amtool takes the configuration %s', (_, rendered) => {
  expect(amtool(rendered, ['check-config'])).toMatchObject({ ok: true });
});

test('and it would not take a receiver that is not there', () => {
  const broken = { ...(config as object), receivers: [] };
  expect(amtool(broken, ['check-config'])).toMatchObject({ ok: false });
});

/** What amtool says gets an alert. */
function routed(rendered: unknown, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return amtool(rendered, ['config', 'routes', 'test'], pairs).text;
}

/** Labels as rules give them: ours, and those that the chart's own rules have. */
const ALERTS: readonly [Record<string, string>, string][] = [
  [{ alertname: 'Watchdog', severity: 'none' }, 'heartbeat'],
  [{ alertname: 'AvailabilityBudgetBurn', severity: 'page', service: 'api' }, 'pager'],
  [{ alertname: 'AvailabilityBudgetBurn', severity: 'ticket', service: 'api' }, 'tickets'],
  [{ alertname: 'KubePersistentVolumeFillingUp', severity: 'critical', namespace: 'monitoring' }, 'tickets'],
  [{ alertname: 'KubeHpaMaxedOut', severity: 'warning', namespace: 'aia' }, 'nobody'],
  [{ alertname: 'InfoInhibitor', severity: 'none', namespace: 'aia' }, 'nobody'],
  [{ alertname: 'SomethingNew' }, 'nobody'],
];

test.each(ALERTS)('%j goes to the %s', (labels, receiver) => {
  expect(routed(config, labels)).toBe(receiver);
  expect(receiverOf(platform.routing, labels)).toBe(receiver);
});

test('without a secret store nobody is told, and the receiver says so', () => {
  const rendered = field(values(noStore, 'europe-west4'), 'alertmanager', 'config');
  for (const [labels] of ALERTS) expect(routed(rendered, labels)).toBe('nobody-since-there-is-no-secret-store');
  expect(JSON.stringify(values(noStore, 'europe-west4'))).not.toContain('ExternalSecret');
});

describe('secrets of the receivers', () => {
  const manifests = field(west4, 'extraManifests') as KubeObject[];
  const secret = manifests.find(({ kind }) => kind === 'ExternalSecret');
  const files = [...JSON.stringify(config).matchAll(/_file":"\/etc\/alertmanager\/secrets\/([^/"]+)\/([^"]+)"/g)];

  test('each file that the configuration reads is one of the Secret that the pod mounts', () => {
    expect(files.length).toBe(3);
    expect(field(west4, 'alertmanager', 'alertmanagerSpec', 'secrets')).toEqual([
      field(secret, 'spec', 'target', 'name'),
    ]);
    const keys = field(secret, 'spec', 'data') as { secretKey: string; remoteRef: { key: string } }[];
    for (const [, mounted, file] of files) {
      expect(mounted).toBe(field(secret, 'spec', 'target', 'name'));
      expect(keys.map(({ secretKey }) => secretKey)).toContain(file);
    }
  });

  test('regions share all but the heartbeat: the beat of one would hide that another has stopped', () => {
    const keysOf = (region: string): string[] =>
      (field(values(platform, region), 'extraManifests') as KubeObject[])
        .flatMap(({ spec }) => (spec as { data?: { remoteRef: { key: string } }[] } | undefined)?.data ?? [])
        .map(({ remoteRef }) => remoteRef.key);
    for (const region of ['europe-west4', 'europe-west1']) {
      expect(keysOf(region)).toEqual([
        ...[`aia-alerts-heartbeat-address-${region}`, 'aia-alerts-pager-key', 'aia-alerts-tickets-address'],
      ]);
    }
  });

  test('they come from the store of the cluster, under an account of their own, into the namespace of the chart', () => {
    expect(manifests.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'SecretStore', 'ExternalSecret']);
    for (const { metadata } of manifests) expect(metadata.namespace).toBe('monitoring');
    const [account, store] = manifests;
    expect(account?.metadata.annotations).toEqual({
      'iam.gke.io/gcp-service-account': 'aia-alert-receivers@aia-example.iam.gserviceaccount.com',
    });
    expect(field(secret, 'spec', 'secretStoreRef', 'name')).toBe(store?.metadata.name);
    expect(
      field(store, ...['spec', 'provider', 'gcpsm', 'auth', 'workloadIdentity', 'serviceAccountRef', 'name']),
    ).toBe(account?.metadata.name);
  });

  test('Helm runs them through its templates, so nothing in them may look like one', () => {
    expect(JSON.stringify(manifests)).not.toContain('{{');
  });

  test('none stands in Git', () => {
    const kinds = [...delivered(platform, 'europe-west4', 'phase-3').values()].map(({ kind }) => kind);
    expect(kinds).not.toContain('Secret');
    expect(JSON.stringify(config)).not.toMatch(/https?:\/\//);
  });
});

test('an alert says which region it comes from', () => {
  for (const region of ['europe-west4', 'europe-west1'])
    expect(field(values(platform, region), 'prometheus', 'prometheusSpec', 'externalLabels')).toEqual({ region });
});

test('a heartbeat is repeated at each interval: a repeat as long as the interval would leave every second one out', () => {
  const { routes } = field(config, 'route') as { routes: Record<string, unknown>[] };
  const [first] = routes;
  expect(first).toMatchObject({
    receiver: 'heartbeat',
    group_wait: '0s',
    group_interval: '1m',
    repeat_interval: '30s',
  });
});
