import { groupOf } from '../../model/kube-object';
import { asRecord, at, asList, type Keys } from '../../model/manifest/access';
import { quantityOf } from '../quantities';
import { sampleDeployment, sampleFiles } from '../samples';
import type { StepRule } from '../set-rule';

/** Fields that the API server never changes, by group and kind. */
const FIXED: Readonly<Record<string, readonly Keys[]>> = {
  'apps/Deployment': [['spec', 'selector']],
  'apps/DaemonSet': [['spec', 'selector']],
  'apps/ReplicaSet': [['spec', 'selector']],
  'apps/StatefulSet': [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'podManagementPolicy'],
    ['spec', 'volumeClaimTemplates'],
  ],
  'argoproj.io/Rollout': [['spec', 'selector']],
  'batch/Job': [
    ['spec', 'template'],
    ['spec', 'selector'],
    ['spec', 'completionMode'],
  ],
  'storage.k8s.io/StorageClass': [['provisioner'], ['parameters'], ['reclaimPolicy'], ['volumeBindingMode']],
  'scheduling.k8s.io/PriorityClass': [['value'], ['preemptionPolicy']],
  'rbac.authorization.k8s.io/RoleBinding': [['roleRef']],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [['roleRef']],
  'networking.k8s.io/IngressClass': [['spec', 'controller']],
  'node.k8s.io/RuntimeClass': [['handler']],
  '/Secret': [['type']],
  '/PersistentVolumeClaim': [
    ['spec', 'accessModes'],
    ['spec', 'storageClassName'],
    ['spec', 'volumeMode'],
    ['spec', 'volumeName'],
    ['spec', 'selector'],
  ],
};

/** What the API server fills in, so that leaving it out and writing it are one. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  podManagementPolicy: 'OrderedReady',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
  preemptionPolicy: 'PreemptLowerPriority',
  completionMode: 'NonIndexed',
  volumeMode: 'Filesystem',
  type: 'Opaque',
};

const phases = (label: string): string => {
  const web = sampleDeployment('');
  return sampleFiles({
    'dist/phase-1/west/workloads/web.yaml': web,
    'dist/phase-2/west/workloads/web.yaml': web.replaceAll('app: web', `app: ${label}`),
  });
};

/** Fields that no update may change, different in two phases. */
export const immutableField: StepRule = {
  id: 'immutable-field',
  title: 'what can not be changed is the same in every phase',
  severity: 'error',
  why: 'The API server refuses the object, the rest of its wave is applied, what the phase drops is gone already, and Argo CD tries again for ever, Healthy.',
  fix: 'keep the old value, or give the new object another name',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations'],
  checkStep({ from, before, after }, report) {
    for (const [identity, member] of after) {
      const old = before.get(identity);
      if (!old) continue;
      const kind = `${groupOf(member.object.apiVersion)}/${member.object.kind}`;
      for (const keys of FIXED[kind] ?? []) {
        const field = String(keys.at(-1));
        const [was, is] = [old, member].map(({ object }) => canonical(at(object, ...keys) ?? DEFAULTS[field], field));
        if (was === is) continue;
        report(member, keys, `can not be changed and is another than in ${from} (${old.file}, line ${old.line})`);
      }
      if (
        kind === '/Service' &&
        at(old.object, 'spec', 'clusterIP') === 'None' &&
        at(member.object, 'spec', 'clusterIP') !== 'None'
      )
        report(
          member,
          ['spec', 'clusterIP'],
          `is no longer None as in ${from}: the change is taken without an error, and the Service stays headless`,
          {
            fix: 'keep clusterIP: None, or make another Service',
          },
        );
      if (
        kind === '/Service' &&
        at(old.object, 'spec', 'clusterIP') !== 'None' &&
        at(member.object, 'spec', 'clusterIP') === 'None'
      )
        report(member, ['spec', 'clusterIP'], `is None, and was not in ${from}`);
      const [less, more] = [member, old].map(({ object }) =>
        quantityOf(at(object, 'spec', 'resources', 'requests', 'storage')),
      );
      if (kind === '/PersistentVolumeClaim' && less !== undefined && more !== undefined && less < more)
        report(member, ['spec', 'resources', 'requests', 'storage'], `is less than in ${from}: a claim can only grow`);
    }
  },
  samples: { pass: phases('web'), fail: phases('shop') },
};

/** The value as text with sorted keys; claim templates without what the API server adds. */
function canonical(value: unknown, field: string): string {
  if (field === 'volumeClaimTemplates')
    return asList(value)
      .map((claim) =>
        canonical({ ...asRecord(claim), apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: undefined }, ''),
      )
      .join('\n');
  return JSON.stringify(value, (_, inner: unknown) => {
    const fields = asRecord(inner);
    return fields ? Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))) : inner;
  });
}
