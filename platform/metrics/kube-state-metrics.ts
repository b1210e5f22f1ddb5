import type { MetricData, MetricSourceData } from '../../model/platform/metric';
import { settings } from '../settings';

const gauge = (unit: MetricData['unit'], meaning: string, ...labels: string[]): MetricData => ({
  type: 'gauge',
  unit,
  meaning,
  labels,
});

/** Of pods, nearly all of which carry the container's name. */
const ofContainer = ['namespace', 'pod', 'container', 'uid'];
const ofHpa = ['namespace', 'horizontalpodautoscaler'];
const ofDeployment = ['namespace', 'deployment'];
const ofStatefulSet = ['namespace', 'statefulset'];
const ofDaemonSet = ['namespace', 'daemonset'];
const ofJob = ['namespace', 'job_name'];
const ofCronJob = ['namespace', 'cronjob'];
const ofBudget = ['namespace', 'poddisruptionbudget'];
const ofClaim = ['namespace', 'persistentvolumeclaim'];

/**
 * Labels of nodes that are shown as labels of `kube_node_labels`; nobody shows any unless it is told to
 * (`metricLabelsAllowlist` of the chart).
 */
export const shownNodeLabels = [
  'topology.kubernetes.io/zone',
  `${settings.labelDomain}/pool`,
  `${settings.labelDomain}/capacity-spread`,
];

/** How kube-state-metrics spells the name of a Kubernetes label: everything but letters and digits becomes `_`. */
function shown(name: string): string {
  return `label_${name.replace(/[^a-zA-Z0-9_]/g, '_')}`;
}

export const kubeStateMetrics = {
  description: 'What the API server says of objects: desired and available replicas, restarts, conditions, limits',
  chart: 'kube-prometheus-stack',
  readAt: {
    source: 'github.com/kubernetes/kube-state-metrics, docs/metrics, commit 4ffeda2ef866b0fef372849825a803296483b336',
    version: 'v2.20.0, which chart kube-state-metrics 8.4.0 names',
    date: '2026-11-27',
  },
  scrape: 'ServiceMonitor of the chart, with honorLabels: namespace, pod and container are those of the object',
  since: 'phase-1',
  // Its own pod's would be these, but the object's win; what remains of the target is which exporter it was.
  targetLabels: ['job', 'instance', 'endpoint', 'service'],
  metrics: {
    kube_deployment_spec_replicas: gauge('count', 'Replicas that a Deployment should have', ...ofDeployment),
    kube_deployment_status_replicas: gauge('count', 'Replicas that it has', ...ofDeployment),
    kube_deployment_status_replicas_available: gauge('count', 'Replicas that are available', ...ofDeployment),
    kube_deployment_status_replicas_ready: gauge('count', 'Replicas that are ready', ...ofDeployment),
    kube_deployment_status_replicas_unavailable: gauge('count', 'Replicas that are not available', ...ofDeployment),
    kube_deployment_status_replicas_updated: gauge('count', 'Replicas of the newest template', ...ofDeployment),
    kube_deployment_status_observed_generation: gauge('count', 'Generation that was acted on', ...ofDeployment),
    kube_deployment_metadata_generation: gauge('count', 'Generation of the object', ...ofDeployment),
    kube_deployment_status_condition: gauge(
      'state',
      'Conditions, such as Progressing',
      ...ofDeployment,
      'condition',
      'status',
      'reason',
    ),
    kube_statefulset_replicas: gauge('count', 'Replicas that a StatefulSet should have', ...ofStatefulSet),
    kube_statefulset_status_replicas: gauge('count', 'Replicas that it has', ...ofStatefulSet),
    kube_statefulset_status_replicas_available: gauge('count', 'Replicas that are available', ...ofStatefulSet),
    kube_statefulset_status_replicas_ready: gauge('count', 'Replicas that are ready', ...ofStatefulSet),
    kube_statefulset_status_replicas_updated: gauge('count', 'Replicas of the newest template', ...ofStatefulSet),
    kube_statefulset_status_observed_generation: gauge('count', 'Generation that was acted on', ...ofStatefulSet),
    kube_statefulset_metadata_generation: gauge('count', 'Generation of the object', ...ofStatefulSet),
    kube_daemonset_status_desired_number_scheduled: gauge('count', 'Nodes that should run a pod of it', ...ofDaemonSet),
    kube_daemonset_status_number_available: gauge('count', 'Nodes whose pod of it is available', ...ofDaemonSet),
    kube_horizontalpodautoscaler_spec_min_replicas: gauge('count', 'Lowest number of replicas', ...ofHpa),
    kube_horizontalpodautoscaler_spec_max_replicas: gauge('count', 'Highest number of replicas', ...ofHpa),
    kube_horizontalpodautoscaler_status_current_replicas: gauge('count', 'Replicas now', ...ofHpa),
    kube_horizontalpodautoscaler_status_desired_replicas: gauge('count', 'Replicas it asks for', ...ofHpa),
    kube_horizontalpodautoscaler_status_condition: gauge(
      'state',
      'Conditions, such as ScalingActive',
      ...ofHpa,
      'condition',
      'status',
    ),
    kube_horizontalpodautoscaler_spec_target_metric: gauge(
      'mixed',
      'What its metrics should be',
      ...ofHpa,
      'metric_name',
      'metric_target_type',
      'container',
    ),
    kube_horizontalpodautoscaler_status_target_metric: gauge(
      'mixed',
      'What its metrics are',
      ...ofHpa,
      'metric_name',
      'metric_target_type',
      'container',
    ),
    kube_horizontalpodautoscaler_info: gauge(
      'state',
      'What it scales',
      ...ofHpa,
      'scaletargetref_api_version',
      'scaletargetref_kind',
      'scaletargetref_name',
    ),
    kube_cronjob_info: gauge(
      'state',
      'Schedule of a CronJob',
      ...ofCronJob,
      'schedule',
      'concurrency_policy',
      'timezone',
    ),
    kube_cronjob_created: gauge('timestamp', 'When it was made', ...ofCronJob),
    kube_cronjob_spec_suspend: gauge('state', 'Whether it is suspended', ...ofCronJob),
    kube_cronjob_status_active: gauge('count', 'Jobs of it that run', ...ofCronJob),
    kube_cronjob_next_schedule_time: gauge('timestamp', 'When it runs next', ...ofCronJob),
    kube_cronjob_status_last_schedule_time: gauge('timestamp', 'When it started last', ...ofCronJob),
    kube_cronjob_status_last_successful_time: gauge('timestamp', 'When a Job of it ended well', ...ofCronJob),
    kube_job_owner: gauge('state', 'What made a Job', ...ofJob, 'owner_kind', 'owner_name', 'owner_is_controller'),
    kube_job_status_active: gauge('count', 'Pods of it that run', ...ofJob),
    kube_job_status_failed: gauge('count', 'Pods of it that failed', ...ofJob, 'reason'),
    kube_job_status_succeeded: gauge('count', 'Pods of it that ended well', ...ofJob),
    kube_job_status_start_time: gauge('timestamp', 'When it began', ...ofJob),
    kube_job_status_completion_time: gauge('timestamp', 'When it ended', ...ofJob),
    kube_job_status_suspended: gauge('state', 'Whether it waits, as in a queue', ...ofJob),
    kube_job_failed: gauge('state', 'Whether it failed', ...ofJob, 'condition'),
    kube_job_complete: gauge('state', 'Whether it ended well', ...ofJob, 'condition'),
    kube_poddisruptionbudget_status_current_healthy: gauge('count', 'Healthy pods of a budget', ...ofBudget),
    kube_poddisruptionbudget_status_desired_healthy: gauge('count', 'Healthy pods it insists on', ...ofBudget),
    kube_poddisruptionbudget_status_expected_pods: gauge('count', 'Pods it is about', ...ofBudget),
    kube_poddisruptionbudget_status_pod_disruptions_allowed: gauge(
      'count',
      'Pods that may be evicted now',
      ...ofBudget,
    ),
    kube_resourcequota: gauge(
      'mixed',
      'Hard limit and use of a quota',
      'namespace',
      'resourcequota',
      'resource',
      'type',
    ),
    kube_persistentvolumeclaim_info: gauge(
      'state',
      'Class and volume of a claim',
      ...ofClaim,
      'storageclass',
      'volumename',
      'volumemode',
    ),
    kube_persistentvolumeclaim_resource_requests_storage_bytes: gauge(
      'bytes',
      'Size that a claim asks for',
      ...ofClaim,
    ),
    kube_node_info: gauge('state', 'A node that exists', 'node', 'kubelet_version', 'internal_ip', 'provider_id'),
    kube_node_created: gauge('timestamp', 'When a node joined', 'node'),
    kube_node_labels: gauge('state', 'Zone and pool of a node', 'node', ...shownNodeLabels.map(shown)),
    kube_node_spec_unschedulable: gauge('state', 'Whether a node is cordoned', 'node'),
    kube_node_spec_taint: gauge('state', 'Taints of a node', 'node', 'key', 'value', 'effect'),
    kube_node_status_condition: gauge('state', 'Conditions of a node, such as Ready', 'node', 'condition', 'status'),
    kube_node_status_capacity: gauge('mixed', 'What a node has', 'node', 'resource', 'unit'),
    kube_node_status_allocatable: gauge('mixed', 'What a node has for pods', 'node', 'resource', 'unit'),
    kube_pod_info: gauge(
      'state',
      'Where a pod runs, and who made it',
      'namespace',
      'pod',
      'uid',
      'node',
      'host_ip',
      'pod_ip',
      'created_by_kind',
      'created_by_name',
      'priority_class',
      'host_network',
    ),
    kube_pod_owner: gauge(
      'state',
      'What made a pod',
      'namespace',
      'pod',
      'uid',
      'owner_kind',
      'owner_name',
      'owner_is_controller',
    ),
    kube_pod_created: gauge('timestamp', 'When a pod was made', 'namespace', 'pod', 'uid'),
    kube_pod_status_phase: gauge('state', 'Phase of a pod, such as Pending', 'namespace', 'pod', 'uid', 'phase'),
    kube_pod_status_ready: gauge('state', 'Whether a pod is ready', 'namespace', 'pod', 'uid', 'condition'),
    kube_pod_status_scheduled: gauge('state', 'Whether it has a node', 'namespace', 'pod', 'uid', 'condition'),
    kube_pod_status_unschedulable: gauge('state', 'No node has room for it', 'namespace', 'pod', 'uid'),
    kube_pod_status_reason: gauge('state', 'Why a pod ended', 'namespace', 'pod', 'uid', 'reason'),
    kube_pod_container_info: gauge(
      'state',
      'Image of a container',
      ...ofContainer,
      'image',
      'image_id',
      'image_spec',
      'container_id',
    ),
    kube_pod_container_resource_requests: gauge(
      'mixed',
      'What it requests',
      ...ofContainer,
      'node',
      'resource',
      'unit',
    ),
    kube_pod_container_resource_limits: gauge(
      'mixed',
      'What it may use at most',
      ...ofContainer,
      'node',
      'resource',
      'unit',
    ),
    kube_pod_container_status_ready: gauge('state', 'Whether it is ready', ...ofContainer),
    kube_pod_container_status_running: gauge('state', 'Whether it runs', ...ofContainer),
    kube_pod_container_status_waiting_reason: gauge('state', 'Why it does not run', ...ofContainer, 'reason'),
    kube_pod_container_status_terminated_reason: gauge('state', 'Why it ended', ...ofContainer, 'reason'),
    kube_pod_container_status_last_terminated_reason: gauge('state', 'Why it ended before', ...ofContainer, 'reason'),
    kube_pod_container_status_restarts_total: {
      type: 'counter',
      unit: 'count',
      meaning: 'Restarts of a container',
      labels: ofContainer,
    },
    // An injected proxy is an init container that goes on running where Kubernetes knows sidecars.
    kube_pod_init_container_status_restarts_total: {
      type: 'counter',
      unit: 'count',
      meaning: 'Restarts of an init container, sidecars among them',
      labels: ofContainer,
    },
    kube_pod_init_container_resource_requests: gauge(
      'mixed',
      'What an init container requests',
      ...ofContainer,
      'node',
      'resource',
      'unit',
    ),
    kube_pod_init_container_resource_limits: gauge(
      'mixed',
      'What an init container may use',
      ...ofContainer,
      'node',
      'resource',
      'unit',
    ),
    kube_namespace_status_phase: gauge('state', 'Phase of a namespace', 'namespace', 'phase'),
  },
} satisfies MetricSourceData;
