import { asRecord, textAt } from '../../model/manifest/access';
import type { SchemaNode } from '../../model/schema/types';

/**
 * Defaults that the API server fills in with code and that its OpenAPI document therefore lacks. The last key, or
 * the last two, of a field decide; a value that depends on its neighbours is a function.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/ (the field's own text names its default)
 */
type Fallback = string | number | boolean | ((parent: Readonly<Record<string, unknown>>) => unknown);

/** Pod specs and their containers, of whatever kind. */
const POD: Readonly<Record<string, Fallback>> = {
  restartPolicy: (parent) => ('containers' in parent ? 'Always' : undefined),
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  terminationGracePeriodSeconds: 30,
  enableServiceLinks: true,
  shareProcessNamespace: false,
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
  serviceAccount: (parent) => parent.serviceAccountName,
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: (parent) => pullPolicy(textAt(parent, 'image')),
  stdin: false,
  stdinOnce: false,
  tty: false,
  privileged: false,
  readOnlyRootFilesystem: false,
  readOnly: false,
  optional: false,
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
  initialDelaySeconds: 0,
  scheme: 'HTTP',
  protocol: 'TCP',
  defaultMode: 420,
  divisor: '0',
  'fieldRef/apiVersion': 'v1',
  'hostPath/type': '',
  'emptyDir/medium': '',
  'topologySpreadConstraints/nodeAffinityPolicy': 'Honor',
  'topologySpreadConstraints/nodeTaintsPolicy': 'Ignore',
  'tolerations/operator': 'Equal',
  expirationSeconds: 3600,
};

const ROLLING = { revisionHistoryLimit: 10, minReadySeconds: 0, replicas: 1, 'updateStrategy/type': 'RollingUpdate' };

/** By kind: the fields of its own spec. */
const OBJECTS: Readonly<Record<string, Readonly<Record<string, Fallback>>>> = {
  Deployment: {
    ...ROLLING,
    progressDeadlineSeconds: 600,
    paused: false,
    'strategy/type': 'RollingUpdate',
    'rollingUpdate/maxSurge': '25%',
    'rollingUpdate/maxUnavailable': '25%',
  },
  StatefulSet: {
    ...ROLLING,
    podManagementPolicy: 'OrderedReady',
    'rollingUpdate/partition': 0,
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
    volumeMode: 'Filesystem',
  },
  DaemonSet: { ...ROLLING, 'rollingUpdate/maxUnavailable': 1, 'rollingUpdate/maxSurge': 0 },
  ReplicaSet: { replicas: 1, minReadySeconds: 0 },
  Job: { completions: 1, parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false },
  CronJob: {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    completions: 1,
    parallelism: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
  },
  Service: {
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    externalTrafficPolicy: 'Cluster',
    allocateLoadBalancerNodePorts: true,
    publishNotReadyAddresses: false,
    protocol: 'TCP',
    targetPort: (parent) => parent.port,
  },
  HorizontalPodAutoscaler: { minReplicas: 1, selectPolicy: 'Max' },
  NetworkPolicy: { protocol: 'TCP' },
  PersistentVolumeClaim: { volumeMode: 'Filesystem' },
  PersistentVolume: { volumeMode: 'Filesystem', persistentVolumeReclaimPolicy: 'Retain' },
  StorageClass: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowVolumeExpansion: false },
  PriorityClass: { globalDefault: false, preemptionPolicy: 'PreemptLowerPriority' },
  Secret: { type: 'Opaque', immutable: false },
  ConfigMap: { immutable: false },
  ValidatingWebhookConfiguration: { failurePolicy: 'Fail', matchPolicy: 'Equivalent', timeoutSeconds: 10, scope: '*' },
  MutatingWebhookConfiguration: {
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    timeoutSeconds: 10,
    scope: '*',
    reinvocationPolicy: 'Never',
  },
};

/** Kinds of Kubernetes itself; a kind of the same name in another group is something else. */
const BUILT_IN = /^(v1|(apps|batch|autoscaling|policy|extensions)\/.*|[^/]*\.k8s\.io\/v.*)$/;

/** What the defaults of one field depend on. */
export interface DefaultContext {
  readonly apiVersion: string;
  readonly kind: string;
  readonly isPod: boolean;
  /** Keys from the top, list items left out. */
  readonly keys: readonly string[];
  /** The map that the field stands in, on the side that has the field. */
  readonly parent: unknown;
  readonly node: SchemaNode | undefined;
}

/** What the API server fills in where the field is left out; undefined where nothing. */
export function defaultOf(context: DefaultContext): unknown {
  const { keys, kind, apiVersion, isPod, node } = context;
  if (node?.default !== undefined) return node.default;
  const table = isPod ? POD : BUILT_IN.test(apiVersion) ? OBJECTS[kind] : undefined;
  if (!table) return undefined;
  const last = keys.at(-1) ?? '';
  const pair = `${keys.at(-2) ?? ''}/${last}`;
  const found = Object.hasOwn(table, pair) ? table[pair] : Object.hasOwn(table, last) ? table[last] : undefined;
  return typeof found === 'function' ? found(asRecord(context.parent) ?? {}) : found;
}

/** `latest`, and what has no tag at all, is pulled every time. */
function pullPolicy(image: string | undefined): string | undefined {
  if (image === undefined) return undefined;
  if (image.includes('@')) return 'IfNotPresent';
  const tag = image.slice(image.lastIndexOf('/') + 1).split(':')[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

/**
 * Maps and lists that mean the same empty as left out. Everything else may mean something when it is empty
 * (`podSelector: {}` selects all pods, `ingress: []` lets nobody in), so that it counts as a change.
 */
const MEANINGLESS_WHEN_EMPTY = new Set([
  ...['labels', 'annotations', 'finalizers', 'ownerReferences', 'managedFields', 'status', 'data', 'binaryData'],
  ...['stringData', 'resources', 'limits', 'requests', 'env', 'envFrom', 'args', 'command', 'ports', 'volumeMounts'],
  ...['volumeDevices', 'volumes', 'tolerations', 'nodeSelector', 'affinity', 'nodeAffinity', 'podAffinity'],
  ...['podAntiAffinity', 'initContainers', 'imagePullSecrets', 'securityContext', 'topologySpreadConstraints'],
  ...['hostAliases', 'readinessGates', 'strategy', 'updateStrategy', 'rollingUpdate', 'capabilities', 'add', 'drop'],
  ...['lifecycle', 'matchLabels', 'matchExpressions', 'loadBalancerStatus', 'creationTimestamp', 'externalIPs'],
  ...['loadBalancerSourceRanges', 'overhead', 'dnsConfig', 'supplementalGroups', 'sysctls', 'secrets'],
]);

export function isMeaninglessWhenEmpty(key: string): boolean {
  return MEANINGLESS_WHEN_EMPTY.has(key);
}

export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  const record = asRecord(value);
  return record !== undefined && Object.keys(record).length === 0;
}
