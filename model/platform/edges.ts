import type { Call } from './mesh';
import { GATEWAY } from './platform';
import type { Workload } from './workload';

/** One declared call. Everything that allows, limits or routes calls derives from this list. */
export interface Edge {
  /** Name of the calling workload, or `gateway`. */
  readonly from: string;
  readonly to: Workload;
  readonly call: Call;
}

/** Every declared call among workloads, and from the gateway to them: by callee in their order, then by caller. */
export function edgesOf(workloads: readonly Workload[]): Edge[] {
  const callers = new Set([GATEWAY, ...workloads.map(({ name }) => name)]);
  return workloads.flatMap((to) =>
    Object.entries(to.callers)
      .filter(([from]) => callers.has(from))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([from, call]) => ({ from, to, call })),
  );
}

/** Whether calls to the workload are HTTP (gRPC included): those have timeouts, retries and status codes. */
export function isHttp(workload: Workload): boolean {
  return workload.containers.some(({ ports }) => ports.some(({ appProtocol }) => appProtocol !== 'tcp'));
}
