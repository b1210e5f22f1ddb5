import { groupOf } from '../../model/kube-object';
import { asNumber, asRecord, at } from '../../model/manifest/access';
import { podOf, type Pod } from '../pods';
import type { Member } from './member';

/** What makes pods, and the labels that they get. */
export interface PodOwner {
  readonly member: Member;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, unknown>>;
  /** Undefined where an operator makes the pods and their template is not in Git. */
  readonly pod: Pod | undefined;
}

/** Custom resources of which an operator makes pods, with the labels that it gives them. */
const OPERATED: Readonly<Record<string, (name: string) => Readonly<Record<string, string>>>> = {
  'monitoring.coreos.com/Prometheus': (name) => prometheusLabels('prometheus', name),
  'monitoring.coreos.com/PrometheusAgent': (name) => prometheusLabels('prometheus-agent', name),
  'monitoring.coreos.com/Alertmanager': (name) => prometheusLabels('alertmanager', name),
  'monitoring.coreos.com/ThanosRuler': (name) => prometheusLabels('thanos-ruler', name),
  'postgresql.cnpg.io/Cluster': (name) => ({ 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' }),
  'kafka.strimzi.io/Kafka': (name) => ({ 'strimzi.io/cluster': name }),
};

function prometheusLabels(program: string, name: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'app.kubernetes.io/name': program,
    'app.kubernetes.io/instance': name,
    'operator.prometheus.io/name': name,
    [program]: name,
  };
}

/** Groups whose objects never become pods: a selector that finds nothing is not explained by them. */
const NO_PODS =
  /(^|\.)(istio\.io|argoproj\.io|keda\.sh|external-secrets\.io|cert-manager\.io|gateway\.networking\.k8s\.io|cloud\.google\.com|networking\.gke\.io|kueue\.x-k8s\.io|kyverno\.io|k8gb\.io|k8gb\.absa\.oss|karpenter\.sh|monitoring\.coreos\.com|autoscaling\.k8s\.io|snapshot\.storage\.k8s\.io|k8s\.io|bitnami\.com)$/;
const CORE = new Set(['', 'apps', 'batch', 'policy', 'autoscaling', 'extensions']);

/** The pods that an object makes, or undefined where it makes none. */
export function podOwner(member: Member): PodOwner | undefined {
  const { object } = member;
  const namespace = object.metadata.namespace ?? '';
  const pod = podOf(object);
  if (pod) return { member, namespace, labels: asRecord(at(pod.template, 'metadata', 'labels')) ?? {}, pod };
  const own = OPERATED[`${groupOf(object.apiVersion)}/${object.kind}`]?.(object.metadata.name);
  const given = ['podMetadata', 'inheritedMetadata', 'template.metadata', 'podTemplate.metadata'].flatMap(
    (place) => asRecord(at(object, 'spec', ...place.split('.'), 'labels')) ?? [],
  );
  if (!own && (given.length === 0 || !mayMakePods(member))) return undefined;
  return { member, namespace, labels: Object.assign({}, own, ...given) as Record<string, unknown>, pod: undefined };
}

/** True for custom resources of which an operator may make pods that nothing in Git shows. */
export function mayMakePods({ object }: Member): boolean {
  const group = groupOf(object.apiVersion);
  return !CORE.has(group) && !NO_PODS.test(group);
}

/** Replicas as they are written, the API server's default 1 where they are not. */
export function replicasOf({ member: { object } }: PodOwner): number | undefined {
  if (!['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'Rollout'].includes(object.kind))
    return undefined;
  return asNumber(at(object, 'spec', 'replicas')) ?? 1;
}
