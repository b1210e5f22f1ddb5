import type { KubeObject } from '../model/kube-object';
import { ignoredReplicas } from './autoscaled';

const metadata = (name: string): KubeObject['metadata'] => ({ name, namespace: 'aia' });
const deployment: KubeObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata('api'), spec: {} };
const scaler: KubeObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata('api'),
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' } },
};
const scaledObject: KubeObject = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: metadata('ml'),
  spec: { scaleTargetRef: { name: 'ml-inference-service' } },
};

test('replicas of what an autoscaler scales are ignored, with the group that Argo CD needs', () => {
  const entry = { group: 'apps', kind: 'Deployment', namespace: 'aia', jsonPointers: ['/spec/replicas'] };
  expect(ignoredReplicas([deployment, scaledObject, scaler])).toEqual([
    { ...entry, name: 'api' },
    // KEDA's default target is a Deployment.
    { ...entry, name: 'ml-inference-service' },
  ]);
});

test('nothing is ignored where nothing is autoscaled: what a person scales by hand is put back', () => {
  expect(ignoredReplicas([deployment])).toBeUndefined();
});
