import { addRequests, NO_REQUESTS, podRequests, scaleRequests, type Requests } from '../pod-requests';
import type { Pool } from './cluster';
import { atPhase } from './phase';
import { workloadsOn, type Place } from './presence';
import type { CronJobWorkload } from './workload';

/** Batch jobs that share a quota on the nodes of one kind, and wait where it is used up. */
export interface Queue {
  readonly name: string;
  readonly workloads: readonly CronJobWorkload[];
  /** The pools whose nodes it fills, all of one label. */
  readonly pools: readonly Pool[];
  /** What all its jobs request when they run at once, the mesh's proxies included. */
  readonly quota: Requests;
}

/**
 * The queues of a cluster in a phase. A job is queued where its first pool has spot nodes: elsewhere nothing would hand
 * the quota out, and Kueue need not be there.
 */
export function queuesOn(place: Place & { readonly mutualTls: unknown }): Queue[] {
  const queues = new Map<string, Queue>();
  for (const workload of workloadsOn(place)) {
    const found = queueOf(place, workload);
    if (found === undefined || workload.kind !== 'CronJob') continue;
    const before = queues.get(found.name);
    queues.set(found.name, {
      ...found,
      workloads: [...(before?.workloads ?? []), workload],
      quota: addRequests(before?.quota ?? NO_REQUESTS, jobRequests(place, workload)),
    });
  }
  return [...queues.values()];
}

/** The queue that a workload's jobs wait in, and the pools behind it; undefined where they are not queued. */
export function queueOf(
  { cluster, phase }: Place,
  workload: Place['platform']['workloads'][string],
): Pick<Queue, 'name' | 'pools'> | undefined {
  const name = workload.kind === 'CronJob' ? workload.queue && atPhase(workload.queue, phase) : undefined;
  const there = atPhase(cluster.pools, phase) ?? [];
  const label = (atPhase(workload.pools, phase) ?? []).find((pool) => there.some((entry) => entry.label === pool));
  const pools = there.filter((pool) => pool.label === label);
  if (name === undefined || pools.length === 0 || pools.some(({ capacity }) => capacity !== 'spot')) return undefined;
  return { name, pools };
}

function jobRequests({ phase, mutualTls }: Place & { readonly mutualTls: unknown }, job: CronJobWorkload): Requests {
  const containers = job.containers.map(({ resources }) => ({ resources: atPhase(resources, phase) ?? {} }));
  const proxy = mutualTls === undefined ? [] : [{ resources: { requests: job.mesh.proxy.requests } }];
  return scaleRequests(podRequests({ containers: [...containers, ...proxy] }), job.parallelism);
}
