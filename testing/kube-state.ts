import type { KubeObject } from '../model/kube-object';
import { shownNodeLabels } from '../platform/metrics/kube-state-metrics';

/** One value of one series at one moment. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * What kube-state-metrics says of an object, as far as rules of this platform may ask for it.
 *
 * | Object              | Field                                        | Series                                                   |
 * | ------------------- | -------------------------------------------- | -------------------------------------------------------- |
 * | Pod                 | status.phase                                 | kube_pod_status_phase, one for each phase                 |
 * |                     | spec.nodeName                                | kube_pod_info                                            |
 * |                     | status.conditions Ready, PodScheduled        | kube_pod_status_ready, kube_pod_status_unschedulable      |
 * |                     | containerStatuses[].restartCount             | kube_pod_container_status_restarts_total                  |
 * |                     | containerStatuses[].state.waiting.reason     | kube_pod_container_status_waiting_reason                  |
 * |                     | metadata.ownerReferences                     | kube_pod_owner                                           |
 * | Deployment          | spec.replicas, status.*Replicas              | kube_deployment_spec_replicas, kube_deployment_status_…   |
 * |                     | status.conditions                            | kube_deployment_status_condition                         |
 * | StatefulSet         | spec.replicas, status.*Replicas              | kube_statefulset_replicas, kube_statefulset_status_…      |
 * | Node                | status.conditions, metadata.labels           | kube_node_status_condition, kube_node_labels              |
 * | PodDisruptionBudget | status                                       | kube_poddisruptionbudget_status_…                        |
 *
 * Names and labels as https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics has them (release 2.20).
 */
export function kubeStateOf(object: KubeObject): Sample[] {
  switch (object.kind) {
    case 'Pod':
      return podSamples(object);
    case 'Deployment':
      return deploymentSamples(object);
    case 'StatefulSet':
      return statefulSetSamples(object);
    case 'Node':
      return nodeSamples(object);
    case 'PodDisruptionBudget':
      return budgetSamples(object);
    default:
      return [];
  }
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly Condition[];
  readonly containerStatuses?: readonly {
    readonly name: string;
    readonly restartCount: number;
    readonly ready: boolean;
    readonly state?: { readonly waiting?: { readonly reason?: string } };
  }[];
}

function podSamples({ metadata, spec, status }: KubeObject): Sample[] {
  const { phase, conditions = [], containerStatuses = [] } = (status ?? {}) as PodStatus;
  const { nodeName = '' } = (spec ?? {}) as { nodeName?: string };
  const labels = { namespace: metadata.namespace ?? '', pod: metadata.name, uid: String(metadata.uid) };
  const owners = (metadata.ownerReferences ?? []) as { kind: string; name: string; controller?: boolean }[];
  const owner = owners.find(({ controller }) => controller);
  const created = { created_by_kind: owner?.kind ?? '', created_by_name: owner?.name ?? '' };
  const isReady = conditions.find(({ type }) => type === 'Ready')?.status ?? 'False';
  const isUnschedulable = conditions.some((entry) => entry.type === 'PodScheduled' && entry.reason === 'Unschedulable');
  return [
    one('kube_pod_info', { ...labels, ...created, node: nodeName }),
    one('kube_pod_owner', {
      ...labels,
      ...{ owner_kind: created.created_by_kind, owner_name: created.created_by_name, owner_is_controller: 'true' },
    }),
    ...['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'].map((entry) =>
      flag('kube_pod_status_phase', { ...labels, phase: entry }, entry === phase),
    ),
    ...['true', 'false', 'unknown'].map((condition) =>
      flag('kube_pod_status_ready', { ...labels, condition }, condition === isReady.toLowerCase()),
    ),
    ...(isUnschedulable ? [one('kube_pod_status_unschedulable', labels)] : []),
    ...containerStatuses.flatMap(({ name, restartCount, ready, state }) => {
      const container = { ...labels, container: name };
      const reason = state?.waiting?.reason;
      return [
        { name: 'kube_pod_container_status_restarts_total', labels: container, value: restartCount },
        flag('kube_pod_container_status_ready', container, ready),
        ...(reason === undefined ? [] : [one('kube_pod_container_status_waiting_reason', { ...container, reason })]),
      ];
    }),
  ];
}

interface Replicas {
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly unavailableReplicas?: number;
  readonly updatedReplicas?: number;
  readonly observedGeneration?: number;
  readonly conditions?: readonly Condition[];
}

function deploymentSamples({ metadata, spec, status }: KubeObject): Sample[] {
  const is = (status ?? {}) as Replicas;
  const wanted = ((spec ?? {}) as Replicas).replicas ?? 1;
  const labels = { namespace: metadata.namespace ?? '', deployment: metadata.name };
  const sample = (name: string, value: number | undefined): Sample => ({
    name: `kube_deployment_${name}`,
    labels,
    value: value ?? 0,
  });
  return [
    sample('spec_replicas', wanted),
    sample('status_replicas', is.replicas),
    sample('status_replicas_ready', is.readyReplicas),
    sample('status_replicas_available', is.availableReplicas),
    sample('status_replicas_unavailable', is.unavailableReplicas),
    sample('status_replicas_updated', is.updatedReplicas),
    sample('status_observed_generation', is.observedGeneration),
    sample('metadata_generation', Number(metadata.generation ?? 0)),
    ...(is.conditions ?? []).flatMap(({ type, status: state, reason = '' }) =>
      ['true', 'false', 'unknown'].map((entry) =>
        flag(
          'kube_deployment_status_condition',
          { ...labels, condition: type, status: entry, reason },
          entry === state.toLowerCase(),
        ),
      ),
    ),
  ];
}

function statefulSetSamples({ metadata, spec, status }: KubeObject): Sample[] {
  const is = (status ?? {}) as Replicas;
  const labels = { namespace: metadata.namespace ?? '', statefulset: metadata.name };
  const sample = (name: string, value: number | undefined): Sample => ({
    name: `kube_statefulset_${name}`,
    labels,
    value: value ?? 0,
  });
  return [
    sample('replicas', ((spec ?? {}) as Replicas).replicas ?? 1),
    sample('status_replicas', is.replicas),
    sample('status_replicas_ready', is.readyReplicas),
    sample('status_replicas_available', is.availableReplicas),
    sample('status_replicas_updated', is.updatedReplicas),
    sample('status_observed_generation', is.observedGeneration),
    sample('metadata_generation', Number(metadata.generation ?? 0)),
  ];
}

function nodeSamples({ metadata, spec, status }: KubeObject): Sample[] {
  const { conditions = [] } = (status ?? {}) as { conditions?: readonly Condition[] };
  const { unschedulable = false, taints = [] } = (spec ?? {}) as {
    unschedulable?: boolean;
    taints?: readonly { key: string; value?: string; effect: string }[];
  };
  const node = { node: metadata.name };
  const labels = shownNodeLabels.flatMap((key): [string, string][] => {
    const value = metadata.labels?.[key];
    return value === undefined ? [] : [[`label_${key.replaceAll(/[^a-zA-Z0-9]/g, '_')}`, value]];
  });
  return [
    one('kube_node_info', node),
    one('kube_node_labels', { ...node, ...Object.fromEntries(labels) }),
    flag('kube_node_spec_unschedulable', node, unschedulable),
    ...taints.map(({ key, value = '', effect }) => one('kube_node_spec_taint', { ...node, key, value, effect })),
    ...conditions.flatMap(({ type, status: state }) =>
      ['true', 'false', 'unknown'].map((entry) =>
        flag('kube_node_status_condition', { ...node, condition: type, status: entry }, entry === state.toLowerCase()),
      ),
    ),
  ];
}

function budgetSamples({ metadata, status }: KubeObject): Sample[] {
  const is = (status ?? {}) as Record<string, number | undefined>;
  const labels = { namespace: metadata.namespace ?? '', poddisruptionbudget: metadata.name };
  return [
    ['current_healthy', is.currentHealthy],
    ['desired_healthy', is.desiredHealthy],
    ['expected_pods', is.expectedPods],
    ['pod_disruptions_allowed', is.disruptionsAllowed],
  ].map(([name, value]) => ({
    name: `kube_poddisruptionbudget_status_${String(name)}`,
    labels,
    value: Number(value ?? 0),
  }));
}

function one(name: string, labels: Sample['labels']): Sample {
  return { name, labels, value: 1 };
}

function flag(name: string, labels: Sample['labels'], isSo: boolean): Sample {
  return { name, labels, value: isSo ? 1 : 0 };
}
