import { asRecord, at } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

/** A budget that by its own numbers allows no eviction, or that the API server refuses. */
export const pdbBudget: Rule = {
  id: 'pdb-budget',
  title: 'a PodDisruptionBudget allows an eviction',
  severity: 'error',
  why: 'A budget of nothing blocks every drain of a node: upgrades hang until somebody deletes the budget.',
  fix: 'write maxUnavailable: 1, which fits every number of replicas',
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  kinds: ['PodDisruptionBudget'],
  check(object, report) {
    const spec = asRecord(object.spec) ?? {};
    const { minAvailable, maxUnavailable } = spec;
    if (minAvailable !== undefined && maxUnavailable !== undefined)
      report(['spec'], 'has minAvailable and maxUnavailable', { fix: 'keep one, best maxUnavailable' });
    if (minAvailable === undefined && maxUnavailable === undefined) {
      report(['spec'], 'has neither minAvailable nor maxUnavailable', {
        severity: 'warning',
        fix: 'write maxUnavailable: 1',
      });
    }
    for (const field of ['minAvailable', 'maxUnavailable']) {
      const value = spec[field];
      if (typeof value === 'string' && !/^\d+%$/.test(value)) {
        const fix = /^\d+$/.test(value)
          ? `write it without quotes: ${value}`
          : 'write a number or a percentage such as 50%';
        report(['spec', field], `is the text "${value}", neither a number nor a percentage`, { fix });
      }
    }
    if (maxUnavailable === 0 || maxUnavailable === '0%')
      report(['spec', 'maxUnavailable'], `is ${maxUnavailable}: no pod may ever be evicted`);
    if (minAvailable === '100%') report(['spec', 'minAvailable'], 'is 100%: no pod may ever be evicted');
    if (at(spec, 'selector') === undefined)
      report(['spec', 'selector'], 'is missing, so the budget is for no pod', {
        severity: 'warning',
        fix: 'select the pods by their labels',
      });
  },
  samples: {
    pass: sampleObject(
      'policy/v1',
      'PodDisruptionBudget',
      'maxUnavailable: 1\nselector:\n  matchLabels:\n    app: web',
    ),
    fail: sampleObject(
      'policy/v1',
      'PodDisruptionBudget',
      'maxUnavailable: 0\nselector:\n  matchLabels:\n    app: web',
    ),
  },
};
