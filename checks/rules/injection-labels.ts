import { at } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

/** Two labels that each want to decide which mesh injects. */
export const injectionLabels: Rule = {
  id: 'injection-labels',
  title: 'one label decides about injection',
  severity: 'warning',
  why: 'istio-injection wins over istio.io/rev: the revision that the other label names injects nothing, and an upgrade by revision does not reach the namespace.',
  fix: 'keep istio.io/rev and remove istio-injection',
  sources: ['https://istio.io/latest/docs/reference/config/analysis/ist0123/'],
  kinds: ['Namespace'],
  check(object, report) {
    const has = (label: string): boolean => at(object, 'metadata', 'labels', label) !== undefined;
    if (has('istio-injection') && has('istio.io/rev'))
      report(['metadata', 'labels', 'istio-injection'], 'stands beside istio.io/rev');
  },
  samples: {
    pass: sampleObject('v1', 'Namespace', '', 'labels:\n  istio.io/rev: stable'),
    fail: sampleObject('v1', 'Namespace', '', 'labels:\n  istio.io/rev: stable\n  istio-injection: enabled'),
  },
};
