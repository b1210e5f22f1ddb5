import { asList, asRecord } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const policy = (rules: string): string =>
  sampleObject(
    'security.istio.io/v1',
    'AuthorizationPolicy',
    `selector:\n  matchLabels:\n    app: web\naction: ALLOW\nrules:\n${rules}`,
  );

/** A rule without conditions. */
export const authorizationPolicy: Rule = {
  id: 'authorization-policy',
  title: 'no authorization rule is for everybody by accident',
  severity: 'warning',
  why: 'An empty rule matches every request: with ALLOW the policy protects nothing, with DENY it stops everything. No rule at all is another thing: that allows nothing.',
  fix: 'say from whom and to what',
  sources: ['https://istio.io/latest/docs/reference/config/security/authorization-policy/'],
  kinds: ['AuthorizationPolicy'],
  check(object, report) {
    const spec = asRecord(object.spec) ?? {};
    asList(spec.rules).forEach((rule, index) => {
      const fields = asRecord(rule) ?? {};
      if (['from', 'to', 'when'].some((part) => asList(fields[part]).length > 0)) return;
      report(
        ['spec', 'rules', index],
        spec.action === 'DENY' ? 'has no condition and denies everything' : 'has no condition and is for everybody',
      );
    });
  },
  samples: {
    pass: policy('  - from:\n      - source:\n          principals:\n            - cluster.local/ns/web/sa/front'),
    fail: policy('  - {}'),
  },
};
