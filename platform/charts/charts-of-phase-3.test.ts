import { globalDns } from '../global-dns';
import { platform } from '../platform';
import { charts } from '.';

describe('Kueue', () => {
  const { values } = charts.kueue;
  const configuration = JSON.parse(values.managerConfig.controllerManagerConfigYaml) as Record<string, unknown>;

  test('minds the jobs of our namespace that name a queue, and nobody else', () => {
    expect(configuration).toMatchObject({
      manageJobsWithoutQueueName: false,
      managedJobsNamespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'aia' } },
    });
  });

  test('cannot keep pods from being created: only the webhooks of what is integrated fail closed', () => {
    expect(configuration.integrations).toEqual({ frameworks: ['batch/job'] });
  });

  test('serves the version of its API that clusters of today are rendered for, which 0.15 brought', () => {
    expect(Number(charts.kueue.version.split('.')[1])).toBeGreaterThanOrEqual(15);
    expect(values.controllerManager.manager.image.tag).toBe(`v${charts.kueue.version}`);
  });
});

describe('the descheduler', () => {
  const { profiles } = charts.descheduler.values.deschedulerPolicy;
  const evictor = (index: number): unknown =>
    profiles[index]?.pluginConfig.find(({ name }) => name === 'DefaultEvictor');

  test('uses three plugins, and none that would fight the spread over on-demand and spot', () => {
    const enabled = profiles.flatMap(({ plugins }) => Object.values(plugins).flatMap((set) => set.enabled));
    expect(enabled).toEqual(['RemovePodsHavingTooManyRestarts', 'RemoveDuplicates', 'LowNodeUtilization']);
  });

  test('touches only our namespace, and neither pods with disks nor pods without an equal or a budget', () => {
    for (const index of profiles.keys())
      expect(evictor(index)).toMatchObject({
        args: {
          namespaceLabelSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'aia' } },
          minReplicas: 2,
          nodeFit: true,
          podProtections: {
            defaultDisabled: ['PodsWithLocalStorage'],
            extraEnabled: ['PodsWithPVC', 'PodsWithoutPDB'],
          },
        },
      });
  });

  test('leaves alone what is spread over kinds of capacity, unless it crashes', () => {
    const spot = Object.values(platform.clusters).flatMap(({ pools }) =>
      Object.values(pools).flatMap((list) =>
        list.filter(({ capacity }) => capacity === 'spot').map(({ label }) => label),
      ),
    );
    const spread = Object.entries(platform.workloads)
      .filter(([, { kind, pools }]) => {
        const labels = Object.values(pools).flat();
        return kind !== 'CronJob' && labels.some((label) => spot.includes(label));
      })
      .map(([name]) => name);
    expect(evictor(1)).toMatchObject({
      args: {
        labelSelector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'NotIn', values: spread }] },
      },
    });
    expect(evictor(0)).not.toHaveProperty('args.labelSelector');
  });
});

describe('global DNS', () => {
  const { k8gb, extdns } = charts.k8gb.values;

  test('the clusters answer for a zone below the domain, and its record stands in the zone above the domain', () => {
    // The domain itself would not do: regions ask each other for localtargets-<name>, which must be in the zone too.
    expect(k8gb.dnsZones).toEqual([
      { parentZone: 'example.com', loadBalancedZone: 'global.aia.example.com', dnsZoneNegTTL: globalDns.ttlSeconds },
    ]);
    expect(extdns.domainFilters).toEqual(['example.com']);
  });

  test('external-dns deletes nothing, and makes no name of what it finds', () => {
    expect(extdns).toMatchObject({ enabled: true, policy: 'upsert-only', sources: ['crd'] });
  });

  test('the region that serves first takes part', () => {
    const regions = Object.values(platform.clusters).flatMap((cluster) =>
      cluster.globalDns === true ? [cluster.region] : [],
    );
    expect(regions).toEqual(['europe-west4', 'europe-west1']);
    expect(regions).toContain(globalDns.primaryRegion);
  });
});
