import { asRecord, at, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleDeployment } from '../samples';

/** A rollout that can't go forward. */
export const updateStrategy: Rule = {
  id: 'update-strategy',
  title: 'the update strategy lets a rollout go forward',
  severity: 'error',
  why: 'The API server refuses a rollout that may neither add a pod nor take one away, and settings of another strategy.',
  fix: 'let maxSurge or maxUnavailable be more than 0',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy'],
  kinds: ['Deployment'],
  check(object, report) {
    const strategy = asRecord(at(object, 'spec', 'strategy'));
    const rolling = asRecord(strategy?.rollingUpdate);
    if (!rolling) return;
    const place = ['spec', 'strategy', 'rollingUpdate'];
    if (textAt(strategy, 'type') === 'Recreate')
      report(place, 'has no meaning for the type Recreate', { fix: 'remove rollingUpdate' });
    else if (isZero(rolling.maxSurge) && isZero(rolling.maxUnavailable))
      report(place, 'allows neither maxSurge nor maxUnavailable');
    for (const field of ['maxSurge', 'maxUnavailable']) {
      const value = rolling[field];
      if (typeof value === 'string' && !/^\d+%$/.test(value)) {
        const fix = /^\d+$/.test(value)
          ? `write it without quotes: ${value}`
          : 'write a number or a percentage such as 25%';
        report([...place, field], `is the text "${value}", neither a number nor a percentage`, { fix });
      }
    }
  },
  samples: {
    pass: sampleDeployment('strategy:\n  rollingUpdate:\n    maxSurge: 1\n    maxUnavailable: 0'),
    fail: sampleDeployment('strategy:\n  rollingUpdate:\n    maxSurge: 0\n    maxUnavailable: 0'),
  },
};

function isZero(value: unknown): boolean {
  return value === 0 || value === '0%';
}
