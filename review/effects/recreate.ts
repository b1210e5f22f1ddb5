import { quantityOf } from '../../checks/quantities';
import { formatSteps } from '../diff/difference';
import { subjectOf, type ObjectChange } from '../diff/object-change';
import { fieldsAt, type Consequence, type EffectRule } from './consequence';

/**
 * Fields that the API server refuses to change, by kind. Tried on Kubernetes 1.28 and 1.37, or named immutable by
 * the validation of the API: https://kubernetes.io/docs/reference/kubernetes-api/
 */
const IMMUTABLE: Readonly<Record<string, RegExp>> = {
  Deployment: /^spec\/selector(\/|$)/,
  DaemonSet: /^spec\/selector(\/|$)/,
  ReplicaSet: /^spec\/selector(\/|$)/,
  StatefulSet:
    /^spec\/(?!(replicas|ordinals|template|updateStrategy|persistentVolumeClaimRetentionPolicy|minReadySeconds|revisionHistoryLimit)(\/|$))/,
  Job: /^spec\/(selector|template|completionMode|podFailurePolicy|backoffLimitPerIndex|successPolicy|managedBy|podReplacementPolicy)(\/|$)|^spec\/completions$/,
  Pod: /^spec\/(?!(activeDeadlineSeconds|tolerations|terminationGracePeriodSeconds)(\/|$)|(initContainers|containers)\/\*\/image$)/,
  PersistentVolumeClaim: /^spec\/(?!resources\/requests|volumeAttributesClassName)/,
  PersistentVolume:
    /^spec\/(gcePersistentDisk|awsElasticBlockStore|csi|nfs|hostPath|local|volumeMode|nodeAffinity)(\/|$)/,
  StorageClass: /^(provisioner|parameters|reclaimPolicy|volumeBindingMode)(\/|$)/,
  PriorityClass: /^(value|preemptionPolicy)$/,
  RoleBinding: /^roleRef(\/|$)/,
  ClusterRoleBinding: /^roleRef(\/|$)/,
  Secret: /^type$/,
  IngressClass: /^spec\/controller$/,
  RuntimeClass: /^handler$/,
  CustomResourceDefinition: /^spec\/(group|scope|names\/(plural|kind))$/,
};

/** What can only be had by deleting the object and making it anew. */
export const recreate: EffectRule = function* (change) {
  if (change.kind === 'added' || change.kind === 'removed') return;
  const { kind, apiVersion } = subjectOf(change).object;
  const immutable = apiVersion.startsWith('argoproj.io/') ? undefined : IMMUTABLE[kind];
  if (immutable) {
    const fields = fieldsAt(change, immutable);
    const paths = fields.map(({ steps }) => formatSteps(steps)).join(', ');
    if (fields.length > 0) {
      const reason = `the API server refuses to change ${paths}: the sync fails until the object is deleted, and what is dropped in the same sync is gone by then`;
      yield { effect: 'recreate', risk: 'high', reason, fields };
    }
  }
  if ((kind === 'ConfigMap' || kind === 'Secret') && change.base?.object.immutable === true) {
    const fields = fieldsAt(change, /^(data|binaryData|stringData|immutable)(\/|$)/);
    if (fields.length > 0)
      yield { effect: 'recreate', risk: 'high', reason: 'the object is immutable: the sync fails', fields };
  }
  if (kind === 'Service') {
    for (const field of fieldsAt(change, /^spec\/clusterIP$/)) {
      const isDropped = field.before === 'None';
      const reason = isDropped
        ? 'clusterIP None is dropped: the change is accepted and the Service stays headless until it is deleted'
        : 'clusterIP can not be changed once it is set: delete the Service first';
      yield { effect: 'recreate', risk: 'high', reason, fields: [field] };
    }
  }
  if (kind === 'PersistentVolumeClaim') yield* shrinking(change);
};

function* shrinking(change: ObjectChange): Iterable<Consequence> {
  for (const field of fieldsAt(change, /^spec\/resources\/requests\/storage$/)) {
    const [before, after] = [quantityOf(field.before), quantityOf(field.after)];
    if (before !== undefined && after !== undefined && after < before) {
      yield { effect: 'recreate', risk: 'high', reason: 'a claim can grow and never shrink', fields: [field] };
    }
  }
}
