import type { Call } from './mesh';
import { DEVICES, GATEWAY } from './platform';
import { workloadsOn, workloadsSince, type Place } from './presence';
import type { Workload } from './workload';

/** One declared call. Everything that allows, limits or routes calls derives from this list. */
export interface Edge {
  /** Name of the calling workload, `gateway` or `devices`. */
  readonly from: string;
  readonly to: Workload;
  readonly call: Call;
  /** Name of the workload on another cluster whose call comes in through the gateway. */
  readonly remote?: string;
}

/**
 * The declared calls among the workloads of a cluster in a phase, by callee in their order, then by caller. A caller
 * that runs on other clusters only comes in through the gateway, where its call says how.
 */
export function edgesAt(place: Place): Edge[] {
  const here = workloadsOn(place);
  const pseudo = place.cluster.deviceNetwork === undefined ? [GATEWAY] : [GATEWAY, DEVICES];
  const names = new Set([...pseudo, ...here.map(({ name }) => name)]);
  const elsewhere = new Set(workloadsSince(place.platform, place.phase).map(({ name }) => name));
  return here.flatMap((to) =>
    callersOf(to).flatMap(([from, call]): Edge[] => {
      if (names.has(from)) return [{ from, to, call }];
      // Without a mesh there is no gateway that would ask for a site's certificate.
      return place.cluster.mesh && call.throughGateway !== undefined && elsewhere.has(from)
        ? [{ from: GATEWAY, to, call, remote: from }]
        : [];
    }),
  );
}

/** The declared calls between workloads, wherever they run, and from the gateway to them. */
export function edgesAmong(workloads: readonly Workload[]): Edge[] {
  const names = new Set([GATEWAY, ...workloads.map(({ name }) => name)]);
  return workloads.flatMap((to) =>
    callersOf(to).flatMap(([from, call]): Edge[] => (names.has(from) ? [{ from, to, call }] : [])),
  );
}

/** Whether calls to the workload are HTTP (gRPC included): those have timeouts, retries and status codes. */
export function isHttp(workload: Workload): boolean {
  return workload.containers.some(({ ports }) => ports.some(({ appProtocol }) => appProtocol !== 'tcp'));
}

/** Whether devices outside the cluster call the workload there: it then has an address in their network. */
export function isCalledByDevices(workload: Workload, { cluster }: Place): boolean {
  return workload.callers[DEVICES] !== undefined && cluster.deviceNetwork !== undefined;
}

function callersOf({ callers }: Workload): [string, Call][] {
  return Object.entries(callers).sort(([left], [right]) => (left < right ? -1 : 1));
}
