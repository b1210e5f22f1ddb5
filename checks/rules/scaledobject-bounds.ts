import { asList, asNumber, asRecord, at, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';
import { scheduleFault } from './cron-schedule';

/** KEDA's own defaults. */
const DEFAULT_MAX = 100;

const trigger = 'triggers:\n  - type: cpu\n    metricType: Utilization\n    metadata:\n      value: "60"';

/** Bounds of a ScaledObject, and its cron triggers. */
export const scaledObjectBounds: Rule = {
  id: 'scaledobject-bounds',
  title: 'a ScaledObject has bounds and schedules that work',
  severity: 'error',
  why: "KEDA's webhook refuses a minimum above the maximum. Left out, the minimum is 0, and the last pod is taken away.",
  fix: 'correct the numbers',
  sources: ['https://keda.sh/docs/latest/reference/scaledobject-spec/', 'https://keda.sh/docs/latest/scalers/cron/'],
  kinds: ['ScaledObject'],
  check(object, report) {
    const spec = asRecord(object.spec) ?? {};
    const min = asNumber(spec.minReplicaCount) ?? 0;
    const max = asNumber(spec.maxReplicaCount) ?? DEFAULT_MAX;
    const idle = asNumber(spec.idleReplicaCount);
    if (min > max) report(['spec', 'minReplicaCount'], `is ${min}, above maxReplicaCount ${max}`);
    if (spec.minReplicaCount === undefined)
      report(['spec', 'minReplicaCount'], 'is missing and so 0: the last pod may be taken away', {
        severity: 'warning',
        fix: 'write the least number that you want',
      });
    if (idle !== undefined && idle >= min)
      report(['spec', 'idleReplicaCount'], `is ${idle}, must be below minReplicaCount ${min}`);
    asList(spec.triggers).forEach((one, index) => {
      if (textAt(one, 'type') !== 'cron') return;
      const place = ['spec', 'triggers', index, 'metadata'];
      for (const field of ['start', 'end']) {
        const schedule = textAt(one, 'metadata', field);
        const fault = schedule === undefined ? undefined : scheduleFault(schedule);
        if (fault !== undefined)
          report([...place, field], `is "${schedule ?? ''}": ${fault}`, {
            fix: 'write five fields: minute, hour, day of month, month, day of week',
          });
      }
      const desired = Number(at(one, 'metadata', 'desiredReplicas'));
      if (desired <= min)
        report(
          [...place, 'desiredReplicas'],
          `is ${desired}, not above minReplicaCount ${min}: the schedule changes nothing`,
          { severity: 'warning', fix: 'raise it, or lower the minimum' },
        );
      if (desired > max)
        report([...place, 'desiredReplicas'], `is ${desired}, above maxReplicaCount ${max}: never reached`, {
          severity: 'warning',
          fix: 'lower it, or raise the maximum',
        });
    });
  },
  samples: {
    pass: sampleObject(
      'keda.sh/v1alpha1',
      'ScaledObject',
      `scaleTargetRef:\n  name: web\nminReplicaCount: 2\nmaxReplicaCount: 6\n${trigger}`,
    ),
    fail: sampleObject(
      'keda.sh/v1alpha1',
      'ScaledObject',
      `scaleTargetRef:\n  name: web\nminReplicaCount: 6\nmaxReplicaCount: 2\n${trigger}`,
    ),
  },
};
