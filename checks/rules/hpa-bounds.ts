import { asList, asNumber, asRecord, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

/** The API server's limit for a stabilization window. */
const LONGEST_WINDOW = 3600;

const target = 'scaleTargetRef:\n  apiVersion: apps/v1\n  kind: Deployment\n  name: web\n';

/** Bounds and metrics of a HorizontalPodAutoscaler. */
export const hpaBounds: Rule = {
  id: 'hpa-bounds',
  title: 'an autoscaler has bounds and targets that work',
  severity: 'error',
  why: 'The API server refuses a minimum above the maximum and a metric without its target; with one replica as minimum every restart is an outage.',
  fix: 'correct the numbers',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
  kinds: ['HorizontalPodAutoscaler'],
  check(object, report) {
    const spec = asRecord(object.spec) ?? {};
    const min = asNumber(spec.minReplicas) ?? 1;
    const max = asNumber(spec.maxReplicas);
    if (max !== undefined && min > max) report(['spec', 'minReplicas'], `is ${min}, above maxReplicas ${max}`);
    else if (max !== undefined && min === max)
      report(['spec', 'maxReplicas'], `is ${max}, as minReplicas: nothing scales`, {
        severity: 'info',
        fix: 'raise it, or set replicas and remove the autoscaler',
      });
    if (min < 0 || (max !== undefined && max < 1))
      report(['spec'], 'has a bound below what is allowed', {
        fix: 'minReplicas is at least 0, maxReplicas at least 1',
      });
    if (min === 0)
      report(['spec', 'minReplicas'], 'is 0, which needs a feature gate and a metric from outside the pods', {
        severity: 'warning',
        fix: 'write 2, or scale to zero with KEDA',
      });
    if (min === 1)
      report(
        ['spec', 'minReplicas'],
        `${spec.minReplicas === undefined ? 'is missing and so 1' : 'is 1'}: one restart is an outage`,
        { severity: 'info', fix: 'write 2 where that matters' },
      );
    asList(spec.metrics).forEach((metric, index) => {
      const type = textAt(metric, 'type') ?? '';
      const source = asRecord(asRecord(metric)?.[type.charAt(0).toLowerCase() + type.slice(1)]);
      const place = ['spec', 'metrics', index];
      if (type !== '' && !source)
        report(place, `has the type ${type} and no ${type.charAt(0).toLowerCase()}${type.slice(1)}`, {
          fix: 'add it, or correct the type',
        });
      const goal = asRecord(source?.target);
      const wanted = { Utilization: 'averageUtilization', AverageValue: 'averageValue', Value: 'value' }[
        textAt(goal, 'type') ?? ''
      ];
      if (goal && wanted !== undefined && goal[wanted] === undefined)
        report(
          [...place, type.charAt(0).toLowerCase() + type.slice(1), 'target'],
          `has the type ${textAt(goal, 'type') ?? ''} and no ${wanted}`,
          { fix: `add ${wanted}` },
        );
    });
    for (const direction of ['scaleUp', 'scaleDown']) {
      const window = asNumber(asRecord(asRecord(spec.behavior)?.[direction])?.stabilizationWindowSeconds);
      if (window !== undefined && (window < 0 || window > LONGEST_WINDOW)) {
        report(
          ['spec', 'behavior', direction, 'stabilizationWindowSeconds'],
          `is ${window}, must be 0 to ${LONGEST_WINDOW}`,
        );
      }
    }
  },
  samples: {
    pass: sampleObject('autoscaling/v2', 'HorizontalPodAutoscaler', `${target}minReplicas: 2\nmaxReplicas: 6`),
    fail: sampleObject('autoscaling/v2', 'HorizontalPodAutoscaler', `${target}minReplicas: 6\nmaxReplicas: 2`),
  },
};
