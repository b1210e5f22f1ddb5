import type { KubeObject } from './kube-object';
import { totalsOf } from './totals';

const template = { spec: { containers: [{ resources: { requests: { cpu: '500m', memory: '1Gi' } } }] } };
const nothing = { cpuMillicores: 0n, memoryBytes: 0n };
const object = (kind: string, spec: object): KubeObject => ({ apiVersion: 'v1', kind, metadata: { name: 'x' }, spec });

test.each([
  ['a Deployment counts its replicas', object('Deployment', { replicas: 3, template }), 3, 3],
  ['a StatefulSet without replicas has one', object('StatefulSet', { template }), 1, 1],
  ['a DaemonSet has a pod on each node', object('DaemonSet', { template }), 5, 5],
  [
    'a CronJob runs none at the minimum, its parallelism at the maximum',
    object('CronJob', { jobTemplate: { spec: { parallelism: 2, template } } }),
    0,
    2,
  ],
  ['a bare Pod counts', object('Pod', template.spec), 1, 1],
  ['what runs no pods counts nothing', object('ConfigMap', {}), 0, 0],
])('%s', (_, input, min, max) => {
  const totals = totalsOf([input], 5, { min: nothing, max: nothing, perNode: nothing });
  expect(totals.min).toEqual({
    pods: min,
    requests: { cpuMillicores: 500n * BigInt(min), memoryBytes: 1024n ** 3n * BigInt(min) },
  });
  expect(totals.max.pods).toBe(max);
});

test.each([
  ['HorizontalPodAutoscaler', { minReplicas: 2, maxReplicas: 7 }, 2, 7],
  ['HorizontalPodAutoscaler', { maxReplicas: 4 }, 1, 4],
  ['ScaledObject', { minReplicaCount: 3, maxReplicaCount: 6 }, 3, 6],
  ['ScaledObject', {}, 0, 100],
])('the bounds of a %s %j count instead of the replicas of its target', (kind, bounds, min, max) => {
  const scaler = object(kind, { ...bounds, scaleTargetRef: { kind: 'Deployment', name: 'x' } });
  const totals = totalsOf([object('Deployment', { replicas: 5, template }), scaler], 5, {
    min: nothing,
    max: nothing,
    perNode: nothing,
  });
  expect([totals.min.pods, totals.max.pods]).toEqual([min, max]);
});

test('add-ons count into the requests, once and per node, but not into the pods', () => {
  const totals = totalsOf([], 8, {
    min: { cpuMillicores: 2150n, memoryBytes: 1n },
    max: { cpuMillicores: 2400n, memoryBytes: 1n },
    perNode: { cpuMillicores: 200n, memoryBytes: 2n },
  });
  expect(totals.min).toEqual({ pods: 0, requests: { cpuMillicores: 3750n, memoryBytes: 17n } });
  expect(totals.max).toEqual({ pods: 0, requests: { cpuMillicores: 4000n, memoryBytes: 17n } });
});
