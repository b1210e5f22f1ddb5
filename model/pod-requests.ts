import { parseQuantity, toMillicores, toUnits } from './quantity';

/** What pods ask of the nodes: exact integers, so that sums never drift. */
export interface Requests {
  readonly cpuMillicores: bigint;
  readonly memoryBytes: bigint;
}

/** Everything that pods ask of the nodes. */
export interface Resources extends Requests {
  /** The rest by its name: `ephemeral-storage` in bytes, `nvidia.com/gpu` and the like in pieces. */
  readonly extended: Readonly<Record<string, bigint>>;
}

type Amounts = Readonly<Record<string, string | number>>;

interface ResourceRequirements {
  readonly requests?: Amounts;
  readonly limits?: Amounts;
}

/** The part of a container that its requests follow from. */
export interface ContainerResources {
  readonly name?: string;
  readonly resources?: ResourceRequirements;
  /** `Always` makes an init container a sidecar, which keeps running (Kubernetes 1.29 and newer by default). */
  readonly restartPolicy?: string;
}

/** The part of a pod's spec that its requests follow from. */
export interface PodResources {
  readonly containers?: readonly ContainerResources[];
  readonly initContainers?: readonly ContainerResources[];
  readonly overhead?: Amounts;
  readonly hostNetwork?: boolean;
  /** Resources of the pod as a whole (Kubernetes 1.34 and newer by default); they win over the containers' sum. */
  readonly resources?: ResourceRequirements;
}

export const NO_REQUESTS: Requests = { cpuMillicores: 0n, memoryBytes: 0n };
export const NO_RESOURCES: Resources = { ...NO_REQUESTS, extended: {} };

/**
 * What the scheduler sets aside for one pod: the containers and sidecars together, or the largest moment of the
 * start if that is more, plus the overhead of the runtime.
 *
 * @throws QuantityError where an amount is no quantity.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podRequests(pod: PodResources): Requests {
  return {
    cpuMillicores: podAmount(pod, 'cpu', (value) => toMillicores(parseQuantity(value))),
    memoryBytes: podAmount(pod, 'memory', (value) => toUnits(parseQuantity(value))),
  };
}

/**
 * Like {@link podRequests}, with ephemeral storage and extended resources.
 *
 * @throws QuantityError where an amount is no quantity.
 */
export function podResources(pod: PodResources): Resources {
  const lists = [pod, ...(pod.containers ?? []), ...(pod.initContainers ?? [])].map(({ resources }) => resources);
  const names = new Set(
    [pod.overhead, ...lists.flatMap((one) => [one?.requests, one?.limits])].flatMap((one) => Object.keys(one ?? {})),
  );
  const extended = [...names]
    .filter((name) => name !== 'cpu' && name !== 'memory')
    .sort()
    .map((name) => [name, podAmount(pod, name, (value) => toUnits(parseQuantity(value)))] as const)
    .filter(([, amount]) => amount > 0n);
  return { ...podRequests(pod), extended: Object.fromEntries(extended) };
}

/** The part of a pod template that its requests follow from. */
export interface PodTemplate {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: PodResources;
}

/** Both together. */
export function addResources(left: Resources, right: Resources): Resources {
  const extended: Record<string, bigint> = { ...left.extended };
  for (const [name, amount] of Object.entries(right.extended)) extended[name] = (extended[name] ?? 0n) + amount;
  return { ...addRequests(left, right), extended };
}

/** The resources of that many equal pods. */
export function scaleResources(resources: Resources, pods: number): Resources {
  const extended = Object.entries(resources.extended).map(([name, amount]) => [name, amount * BigInt(pods)] as const);
  return { ...scaleRequests(resources, pods), extended: Object.fromEntries(extended) };
}

/** Both requests together. */
export function addRequests(left: Requests, right: Requests): Requests {
  return {
    cpuMillicores: left.cpuMillicores + right.cpuMillicores,
    memoryBytes: left.memoryBytes + right.memoryBytes,
  };
}

/** The requests of that many equal pods. */
export function scaleRequests({ cpuMillicores, memoryBytes }: Requests, pods: number): Requests {
  return { cpuMillicores: cpuMillicores * BigInt(pods), memoryBytes: memoryBytes * BigInt(pods) };
}

function podAmount(pod: PodResources, resource: string, read: (value: string | number) => bigint): bigint {
  const amount = (requirements: ResourceRequirements | undefined): bigint | undefined => {
    // A limit without a request is the request too: the API server fills it in.
    const value = requirements?.requests?.[resource] ?? requirements?.limits?.[resource];
    return value === undefined ? undefined : read(value);
  };
  const overhead = pod.overhead?.[resource];
  const whole = amount(pod.resources);
  return (
    (whole ?? containersAmount(pod, (container) => amount(container.resources) ?? 0n)) +
    (overhead === undefined ? 0n : read(overhead))
  );
}

function containersAmount(pod: PodResources, amount: (container: ContainerResources) => bigint): bigint {
  let sidecars = 0n;
  let start = 0n;
  for (const container of pod.initContainers ?? []) {
    const own = amount(container);
    if (container.restartPolicy === 'Always') sidecars += own;
    const moment = container.restartPolicy === 'Always' ? sidecars : sidecars + own;
    if (moment > start) start = moment;
  }
  const running = (pod.containers ?? []).reduce((sum, container) => sum + amount(container), sidecars);
  return running > start ? running : start;
}
