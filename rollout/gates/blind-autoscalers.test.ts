import type { KubeObject } from '../../model/kube-object';
import { blindAutoscalers } from './blind-autoscalers';

const scaler = (kind: string, ...conditions: object[]): KubeObject => ({
  apiVersion: kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2',
  kind,
  metadata: { name: 'api', namespace: 'aia' },
  status: { conditions },
});
const seeing = { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' };
const able = { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale' };

test('an autoscaler that found a valid metric is not blind', () => {
  expect(blindAutoscalers([scaler('HorizontalPodAutoscaler', able, seeing)])).toEqual([]);
});

test('one that could not get its metric is, with the reason of its controller', () => {
  const blind = {
    type: 'ScalingActive',
    status: 'False',
    reason: 'FailedGetContainerResourceMetric',
    message: 'container app not present',
  };
  expect(blindAutoscalers([scaler('HorizontalPodAutoscaler', able, blind)])).toEqual([
    {
      kind: 'HorizontalPodAutoscaler',
      namespace: 'aia',
      name: 'api',
      reason: 'FailedGetContainerResourceMetric: container app not present',
    },
  ]);
});

test('one whose target somebody scaled to zero is switched off, not blind', () => {
  const off = { type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled' };
  expect(blindAutoscalers([scaler('HorizontalPodAutoscaler', off)])).toEqual([]);
});

test('one that its controller has not looked at yet is not blind', () => {
  expect(
    blindAutoscalers([scaler('HorizontalPodAutoscaler'), { ...scaler('HorizontalPodAutoscaler'), status: undefined }]),
  ).toEqual([]);
});

test('a ScaledObject is blind when it is not ready or runs on its fallback', () => {
  const ready = { type: 'Ready', status: 'True' };
  expect(blindAutoscalers([scaler('ScaledObject', ready, { type: 'Fallback', status: 'False' })])).toEqual([]);
  expect(
    blindAutoscalers([scaler('ScaledObject', { type: 'Ready', status: 'False', reason: 'ScaledObjectCheckFailed' })]),
  ).toHaveLength(1);
  expect(blindAutoscalers([scaler('ScaledObject', ready, { type: 'Fallback', status: 'True' })])).toHaveLength(1);
});

test('other kinds are not looked at', () => {
  expect(blindAutoscalers([scaler('Deployment', { type: 'Ready', status: 'False' })])).toEqual([]);
});
