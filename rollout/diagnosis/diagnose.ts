import type { KubeObject } from '../../model/kube-object';
import { textField } from '../cluster/field';
import type { LiveCluster } from '../cluster/live-cluster';
import type { PodState, Trouble } from '../cluster/pods';
import type { WorkloadState } from '../cluster/workloads';
import type { Sample } from '../gates/sample';
import type { RunbookId } from './runbooks';

/** What is wrong with one workload, and where to look. */
export interface Diagnosis {
  readonly kind: string;
  readonly workload: string;
  readonly available: number;
  readonly desired: number;
  /** What is wrong, in words: the last reason that anybody gave. */
  readonly reason: string;
  /** Its pods that are not well, each with its own reason. */
  readonly pods: readonly string[];
  /** Warnings about it, the newest last. */
  readonly events: readonly string[];
  /** Commands that show more. */
  readonly look: readonly string[];
  readonly runbook: RunbookId;
}

/** How many pods and events are told: enough to see a pattern. */
const TOLD = 5;

/** Looks into every workload of a sample that is not whole, or whose pods are not all of the newest version. */
export async function diagnose(live: LiveCluster, namespace: string, sample: Sample): Promise<Diagnosis[]> {
  const sick = sample.workloads.filter(({ available, desired, complete }) => available < desired || !complete);
  if (sick.length === 0) return [];
  const events = await live.list('v1', 'Event', namespace, { fields: 'type=Warning' });
  return sick.map((workload) => diagnosisOf(workload, sample.pods, events, namespace, live.context));
}

function diagnosisOf(
  workload: WorkloadState,
  pods: readonly PodState[],
  events: readonly KubeObject[],
  namespace: string,
  context: string,
): Diagnosis {
  const { kind, name, available, desired } = workload;
  const unwell = pods.filter((pod) => belongsTo(pod.owner, workload) && !pod.ready);
  const warnings = events
    .filter((event) => isAbout(event, workload, unwell))
    .sort((a, b) => timeOf(a) - timeOf(b))
    .map((event) => `${textField(event, 'reason') ?? ''}: ${(textField(event, 'message') ?? '').trim()}`);
  const { reason, runbook } = causeOf(workload, unwell, warnings);
  const kubectl = `kubectl --context ${context} -n ${namespace}`;
  const worst = unwell[0];
  return {
    kind,
    workload: name,
    available,
    desired,
    reason,
    runbook,
    pods: unwell.slice(0, TOLD).map((pod) => `${pod.name}: ${podReason(pod)}`),
    events: [...new Set(warnings)].slice(-TOLD),
    look: [
      `${kubectl} describe ${kind.toLowerCase()} ${name}`,
      ...(worst === undefined ? [] : [`${kubectl} describe pod ${worst.name}`]),
      ...(worst?.trouble[0] === undefined
        ? []
        : [`${kubectl} logs ${worst.name} -c ${worst.trouble[0].container} --previous --tail=50`]),
    ],
  };
}

/** A ReplicaSet is named for its Deployment, with one more part; a StatefulSet owns its pods itself. */
function belongsTo(owner: string, { kind, name }: WorkloadState): boolean {
  return kind === 'Deployment' ? owner.slice(0, owner.lastIndexOf('-')) === name : owner === name;
}

function isAbout(event: KubeObject, workload: WorkloadState, pods: readonly PodState[]): boolean {
  const name = textField(event, 'involvedObject', 'name') ?? '';
  const kind = textField(event, 'involvedObject', 'kind') ?? '';
  if (kind === 'Pod') return pods.some((pod) => pod.name === name);
  if (kind === 'ReplicaSet') return belongsTo(name, workload);
  return kind === workload.kind && name === workload.name;
}

function timeOf(event: KubeObject): number {
  const text =
    textField(event, 'lastTimestamp') ??
    textField(event, 'eventTime') ??
    textField(event, 'metadata', 'creationTimestamp');
  return Date.parse(text ?? '') || 0;
}

/** A reason and the page that helps. */
export interface Cause {
  readonly reason: string;
  readonly runbook: RunbookId;
}

/** The first cause that explains it, the one that a person can do something about before those that follow from it. */
function causeOf(workload: WorkloadState, unwell: readonly PodState[], warnings: readonly string[]): Cause {
  const troubles = unwell.flatMap(({ trouble }) => trouble);
  if (troubles[0] !== undefined) return containerCause(troubles[0]);
  const unscheduled = unwell.find((pod) => pod.unscheduled !== undefined);
  if (unscheduled?.unscheduled !== undefined) return { reason: unscheduled.unscheduled, runbook: 'no-node' };
  const refused = warnings.filter((text) => text.startsWith('FailedCreate:')).at(-1);
  if (refused !== undefined && unwell.length === 0) return { reason: refused, runbook: 'pods-refused' };
  const probe = warnings.filter((text) => /^(Unhealthy|ProbeWarning):/.test(text)).at(-1);
  if (unwell.length > 0) return { reason: probe ?? 'its pods run, and do not become ready', runbook: 'not-ready' };
  if (workload.stuck !== undefined) return { reason: workload.stuck, runbook: 'not-ready' };
  if (workload.desired > 0 && workload.updated === 0 && workload.available === 0)
    return { reason: 'it is not there, or has no pods', runbook: 'pods-refused' };
  return { reason: 'pods of the old version still run', runbook: 'not-ready' };
}

/** What a container's state means. */
export function containerCause({ container, image, reason, message, lastExit }: Trouble): Cause {
  const exit = lastExit === undefined ? '' : `, last exit ${lastExit.code} (${lastExit.reason})`;
  const detail = message === undefined ? '' : `: ${message}`;
  if (reason === 'OOMKilled' || lastExit?.reason === 'OOMKilled')
    return { reason: `${container} is killed at its memory limit (OOMKilled)`, runbook: 'out-of-memory' };
  if (/^(ImagePullBackOff|ErrImagePull|InvalidImageName|ErrImageNeverPull|RegistryUnavailable)$/.test(reason))
    return { reason: `${reason} of ${image}${detail}`, runbook: 'image-pull' };
  if (/^Create(Container|ContainerConfig)?Error$/.test(reason))
    return { reason: `${container}: ${reason}${detail}`, runbook: 'container-config' };
  return { reason: `${container}: ${reason}${exit}${detail}`, runbook: 'crash-loop' };
}

function podReason({ trouble, unscheduled, restarts }: PodState): string {
  const times = restarts > 0 ? `, ${restarts} restarts` : '';
  if (trouble[0] !== undefined) return `${containerCause(trouble[0]).reason}${times}`;
  return unscheduled ?? `not ready${times}`;
}
