import { asList, asRecord } from '../../model/manifest/access';
import type { Rule } from '../rule';

const role = (verbs: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
rules:
  - apiGroups: [""]
    resources: ["*"]
    verbs: ${verbs}
`;

/** A role that may do everything. */
export const rbacWildcard: Rule = {
  id: 'rbac-wildcard',
  title: 'no role may do everything with everything',
  severity: 'warning',
  why: 'Whoever gets hold of its token owns the namespace, or with a ClusterRole the cluster; kinds that are installed tomorrow are included.',
  fix: 'name the resources and verbs that are needed',
  sources: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  kinds: ['Role', 'ClusterRole'],
  check(object, report) {
    asList(object.rules).forEach((rule, index) => {
      const fields = asRecord(rule) ?? {};
      if (asList(fields.verbs).includes('*') && asList(fields.resources).includes('*'))
        report(['rules', index], 'allows every verb on every resource');
    });
  },
  samples: { pass: role('["get", "list"]'), fail: role('["*"]') },
};
