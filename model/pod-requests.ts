import { parseQuantity, toMillicores, toUnits } from './quantity';

/** What pods ask of the nodes: exact integers, so that sums never drift. */
export interface Requests {
  readonly cpuMillicores: bigint;
  readonly memoryBytes: bigint;
}

type Amounts = Readonly<Record<string, string | number>>;

interface ResourceRequirements {
  readonly requests?: Amounts;
  readonly limits?: Amounts;
}

/** The part of a container that its requests follow from. */
interface ContainerResources {
  readonly resources?: ResourceRequirements;
  /** `Always` makes an init container a sidecar, which keeps running (Kubernetes 1.29 and newer by default). */
  readonly restartPolicy?: string;
}

/** The part of a pod's spec that its requests follow from. */
export interface PodResources {
  readonly containers?: readonly ContainerResources[];
  readonly initContainers?: readonly ContainerResources[];
  readonly overhead?: Amounts;
  /** Resources of the pod as a whole (Kubernetes 1.34 and newer by default); they win over the containers' sum. */
  readonly resources?: ResourceRequirements;
}

export const NO_REQUESTS: Requests = { cpuMillicores: 0n, memoryBytes: 0n };

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

/** The annotations by which a pod asks for a proxy to be injected, with what it requests. */
const PROXY_REQUESTS = { cpu: 'sidecar.istio.io/proxyCPU', memory: 'sidecar.istio.io/proxyMemory' };

/**
 * What the scheduler sets aside for a pod made from this template, with the proxy that Istio injects: no manifest
 * shows that container, but the template's annotations say what it requests.
 *
 * @throws QuantityError where an amount is no quantity.
 */
export function templateRequests(template: PodTemplate): Requests {
  const own = podRequests(template.spec ?? {});
  const annotations = template.metadata?.annotations ?? {};
  const requests = Object.fromEntries(
    Object.entries(PROXY_REQUESTS).flatMap(([resource, key]) => {
      const value = annotations[key];
      return value === undefined ? [] : [[resource, value]];
    }),
  );
  return addRequests(own, podRequests({ containers: [{ resources: { requests } }] }));
}

/** The part of a pod template that its requests follow from. */
export interface PodTemplate {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: PodResources;
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
