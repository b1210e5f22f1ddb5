import type { KubeObject } from '../model/kube-object';
import type { Cluster } from '../model/platform/cluster';
import { workloadsOn } from '../model/platform/presence';
import { platform } from '../platform/platform';
import { field, findObject, objectsOf, podSpecs } from '../testing/rendered';

const west4 = objectsOf(platform, 'phase-3', 'europe-west4');
const west1 = objectsOf(platform, 'phase-3', 'europe-west1');
const edge = objectsOf(platform, 'phase-3', 'edge-1');
const names = (objects: readonly KubeObject[], ...kinds: string[]): string[] =>
  objects.filter(({ kind }) => kinds.includes(kind)).map(({ metadata }) => metadata.name);

describe('the standby', () => {
  test('serves what the full region serves, at the same minimum', () => {
    const served = (objects: readonly KubeObject[]): unknown =>
      objects
        .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))
        .map((object) => [object.metadata.name, field(object, 'spec', 'replicas')]);
    expect(served(west1)).toEqual(served(west4));
  });

  test('runs no batch and no jobs on data that is a copy, until its role says that it has taken over', () => {
    expect(names(west1, 'CronJob')).toEqual([]);
    const clusters = { ...platform.clusters, 'europe-west1': { ...platform.clusters['europe-west1'], role: 'full' } };
    const takenOver = { ...platform, clusters } as typeof platform;
    const cluster = { ...takenOver.clusters['europe-west1'], name: 'europe-west1' } as Cluster;
    const jobs = workloadsOn({ platform: takenOver, cluster, phase: 'phase-3' }).filter(
      ({ kind }) => kind === 'CronJob',
    );
    expect(jobs.map(({ name }) => name)).toEqual(names(west4, 'CronJob'));
  });

  test('has no spot nodes: its ML inference asks for none', () => {
    const spec = podSpecs(west1).find(({ owner }) => owner === 'Deployment ml-inference-service')?.spec;
    expect(spec?.tolerations).toBeUndefined();
    expect(JSON.stringify(spec)).not.toContain('capacity-spread');
  });
});

describe('the edge site', () => {
  const [pod] = podSpecs(edge);

  test('runs one pod, and none of the platform beside it', () => {
    expect(podSpecs(edge).map(({ owner }) => owner)).toEqual(['Deployment biometric-edge']);
    expect(field(findObject(edge, 'Deployment', 'biometric-edge'), 'spec', 'replicas')).toBe(1);
    expect(names(edge, 'HorizontalPodAutoscaler', 'ScaledObject', 'PodDisruptionBudget')).toEqual([]);
  });

  test('tolerates its node for an hour out of reach, where Kubernetes itself gives five minutes', () => {
    for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
      expect(pod?.spec.tolerations).toContainEqual({
        key,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 3600,
      });
    }
  });

  test('reaches DNS and one port outside, where no private address is; nothing in the cluster', () => {
    expect(field(findObject(edge, 'NetworkPolicy', 'biometric-edge'), 'spec', 'egress')).toEqual([
      expect.objectContaining({
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      }),
      {
        to: [
          {
            ipBlock: {
              cidr: '0.0.0.0/0',
              except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
            },
          },
        ],
        ports: [{ protocol: 'TCP', port: 443 }],
      },
    ]);
  });

  test('is reached by the devices of the site and by nobody else', () => {
    expect(field(findObject(edge, 'NetworkPolicy', 'biometric-edge'), 'spec', 'ingress')).toEqual([
      { from: [{ ipBlock: { cidr: '10.40.0.0/24' } }], ports: [{ protocol: 'TCP', port: 9100 }] },
    ]);
    // `Local` keeps the device's address; with `Cluster` the policy would see that of a node.
    expect(findObject(edge, 'Service', 'biometric-edge').spec).toMatchObject({
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
    });
    expect(field(findObject(edge, 'ResourceQuota', 'aia'), 'spec', 'hard', 'services.loadbalancers')).toBe('1');
  });

  test('keeps what is biometric in memory; on its disk are embeddings that wait', () => {
    const volumes = pod?.spec.volumes as { name: string; emptyDir?: { medium?: string } }[];
    const onDisk = volumes.filter(({ emptyDir }) => emptyDir !== undefined && emptyDir.medium !== 'Memory');
    expect(onDisk.map(({ name }) => name)).toEqual(['biometric-edge-var-spool-embeddings']);
    expect(names(edge, 'StatefulSet', 'PersistentVolumeClaim')).toEqual([]);
    expect(findObject(edge, 'ConfigMap', 'biometric-edge').data).toMatchObject({ SEND: 'embeddings' });
  });
});

describe('in the region, edge sites', () => {
  test('come in under a name of their own, and only with a certificate', () => {
    expect(field(findObject(west4, 'Gateway', 'edge-sites'), 'spec', 'servers')).toEqual([
      {
        hosts: ['sites.aia.example.com'],
        port: { name: 'https-sites', number: 443, protocol: 'HTTPS' },
        tls: { mode: 'MUTUAL', credentialName: 'edge-sites-tls' },
      },
    ]);
  });

  test('reach the one method that is declared, and that pod allows the gateway for it', () => {
    const routes = field(findObject(west4, 'VirtualService', 'edge-sites'), 'spec', 'http') as unknown[];
    expect(routes).toEqual([
      expect.objectContaining({
        name: 'from-biometric-edge',
        match: [{ uri: { prefix: '/aia.biometric.v1.Embeddings/' } }],
        timeout: '2s',
        retries: { attempts: 0 },
      }),
    ]);
    expect(field(findObject(west4, 'AuthorizationPolicy', 'biometric-processor'), 'spec', 'rules', 0, 'from')).toEqual([
      { source: { principals: ['cluster.local/ns/aia/sa/api', 'cluster.local/ns/istio-ingress/sa/istio-gateway'] } },
    ]);
  });

  test('have no entry before the phase that has edge sites', () => {
    const before = objectsOf(platform, 'phase-2', 'europe-west4');
    expect(names(before, 'Gateway')).toEqual(['front-door']);
    expect(JSON.stringify(before)).not.toContain('biometric-edge');
  });
});
