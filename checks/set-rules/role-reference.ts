import { asList, textAt } from '../../model/manifest/access';
import { sampleDocuments } from '../samples';
import { missing } from '../set/missing';
import { namespaceOf } from '../set/object-set';
import type { SetRule } from '../set-rule';

const GROUP = 'rbac.authorization.k8s.io';
/** Roles that every cluster has, or that aggregate them. */
const BUILT_IN = /^(cluster-admin|admin|edit|view|extension-apiserver-authentication-reader)$|^system:/;

const role = `apiVersion: ${GROUP}/v1\nkind: Role\nmetadata:\n  name: web\n  namespace: shop\nrules:\n  - apiGroups: ['']\n    resources: [configmaps]\n    verbs: [get]\n`;
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n  namespace: shop\n';
const binding = (name: string): string =>
  `apiVersion: ${GROUP}/v1\nkind: RoleBinding\nmetadata:\n  name: web\n  namespace: shop\nroleRef:\n  apiGroup: ${GROUP}\n  kind: Role\n  name: ${name}\nsubjects:\n  - kind: ServiceAccount\n    name: web\n    namespace: shop\n`;

/** Bindings to a role, or for an account, that is not there. */
export const roleReference: SetRule = {
  id: 'role-reference',
  title: 'role bindings name roles and accounts that exist',
  severity: 'error',
  why: 'A binding to nothing gives nothing: the program starts, and gets "forbidden" when it first needs its right.',
  fix: 'add the role, or correct the name',
  sources: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
  checkSet(set, report) {
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
      for (const member of set.ofKind(GROUP, kind)) {
        const namespace = namespaceOf(member.object);
        const roleKind = textAt(member.object, 'roleRef', 'kind');
        const name = textAt(member.object, 'roleRef', 'name');
        if (name !== undefined && (roleKind === 'Role' || roleKind === 'ClusterRole') && !BUILT_IN.test(name)) {
          const target = { group: GROUP, kind: roleKind, namespace: roleKind === 'Role' ? namespace : '', name };
          if (!set.find(target)) {
            const { message, ...options } = missing(set, member, target);
            // Operators bring ClusterRoles of their own, so another one may hold what is meant.
            report(
              member,
              ['roleRef', 'name'],
              message,
              roleKind === 'Role'
                ? options
                : { ...options, ...(options.severity === 'error' && { severity: 'warning' }) },
            );
          }
        }
        asList(member.object.subjects).forEach((subject, index) => {
          const subjectName = textAt(subject, 'name');
          if (textAt(subject, 'kind') !== 'ServiceAccount' || subjectName === undefined || subjectName === 'default')
            return;
          const place = textAt(subject, 'namespace') ?? namespace;
          const target = { group: '', kind: 'ServiceAccount', namespace: place, name: subjectName };
          if (set.find(target)) return;
          const { message, ...options } = missing(set, member, target, 'warning');
          report(member, ['subjects', index, 'name'], message, options);
        });
      }
    }
  },
  samples: {
    pass: sampleDocuments(account, role, binding('web')),
    fail: sampleDocuments(account, role, binding('shop')),
  },
};
