import { asList, asRecord, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const head =
  'scaleTargetRef:\n  apiVersion: apps/v1\n  kind: Deployment\n  name: web\nminReplicas: 2\nmaxReplicas: 6\nmetrics:\n';
const goal = 'name: cpu\n      target:\n        type: Utilization\n        averageUtilization: 60';

/** CPU or memory of the whole pod, sidecars included. */
export const hpaMetric: Rule = {
  id: 'hpa-metric',
  title: 'autoscalers look at one container, not at the sum with its sidecars',
  severity: 'info',
  why: 'Utilization of the pod is unknown as soon as one container, such as an injected proxy, has no request: the autoscaler stands still. With a request the proxy dilutes the number.',
  fix: 'use the type ContainerResource with the name of the container, where sidecars are injected',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#container-resource-metrics'],
  kinds: ['HorizontalPodAutoscaler'],
  check(object, report) {
    asList(asRecord(object.spec)?.metrics).forEach((metric, index) => {
      if (textAt(metric, 'type') === 'Resource')
        report(['spec', 'metrics', index], 'sums up all containers of the pod');
    });
  },
  samples: {
    pass: sampleObject(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      `${head}  - type: ContainerResource\n    containerResource:\n      container: web\n      ${goal}`,
    ),
    fail: sampleObject(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      `${head}  - type: Resource\n    resource:\n      ${goal}`,
    ),
  },
};
