import type { Pool } from '../../model/platform/cluster';
import { poolLabels } from '../../model/platform/node-labels';
import { atPhase, isSince, PHASE_IDS, type PhaseId } from '../../model/platform/phase';
import { scriptFile } from '../rendered-file';
import { ensure, type Word } from '../shell';
import { nodeFlags } from './cluster';
import { CLUSTER, LOCATION, preamble, PROJECT, type Target } from './target';

/** Pods that GKE allows on a node where nothing is said. */
const DEFAULT_PODS = 110;

/** Phases in which a cluster takes part with pools of their own, each with those that keep its pools. */
export interface PoolSet {
  readonly phase: PhaseId;
  readonly phases: readonly PhaseId[];
  readonly pools: readonly Pool[];
}

/** The sets of pools that a cluster has, in the order of the phases. */
export function poolSets({ cluster }: Target): PoolSet[] {
  const taking = PHASE_IDS.filter((phase) => isSince(cluster.since, phase));
  const sets: { phase: PhaseId; phases: PhaseId[]; pools: readonly Pool[] }[] = [];
  for (const phase of taking) {
    const pools = atPhase(cluster.pools, phase) ?? [];
    const last = sets.at(-1);
    if (last !== undefined && JSON.stringify(last.pools) === JSON.stringify(pools)) last.phases.push(phase);
    else sets.push({ phase, phases: [phase], pools });
  }
  return sets;
}

/** Nodes for one phase, and for those after it that have the same. */
export function poolsScript(path: string, target: Target, { phases, pools }: PoolSet): string {
  return scriptFile(
    path,
    [
      `Creates the pools that ${target.cluster.name} has in ${phases.join(' and ')}. A pool that is there stays as it is.`,
    ],
    [
      ...preamble(target),
      'finish_operations',
      'require_running',
      ...pools.map((pool) => ensurePool(target, pool)),
      '# The one that the cluster was created with.',
      'delete_pool default-pool',
    ],
  );
}

/**
 * Creates a pool unless it is there. Flags as in `gcloud container node-pools create --help` of Google Cloud SDK 528.
 * A regional pool counts its nodes per zone.
 */
export function ensurePool(target: Target, pool: Pool): string {
  const { settings, infrastructure, machines } = target.platform;
  const { maxSurge, maxUnavailable } = infrastructure.nodes.upgrade;
  const taints = pool.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`);
  const create: Word[] = [
    ...['gcloud', 'container', 'node-pools', 'create', pool.name, PROJECT, LOCATION, CLUSTER],
    `--machine-type=${pool.machine}`,
    ...(pool.capacity === 'spot' ? ['--spot'] : []),
    `--node-locations=${pool.zones.join(',')}`,
    `--num-nodes=${pool.nodesPerZone}`,
    `--node-labels=${Object.entries(poolLabels(settings, pool))
      .map(([name, value]) => `${name}=${value}`)
      .join(',')}`,
    ...(taints.length === 0 ? [] : [`--node-taints=${taints.join(',')}`]),
    `--max-pods-per-node=${machines[pool.machine]?.pods ?? DEFAULT_PODS}`,
    ...['--enable-autorepair', '--enable-autoupgrade'],
    ...[`--max-surge-upgrade=${maxSurge}`, `--max-unavailable-upgrade=${maxUnavailable}`],
    ...nodeFlags(target),
  ];
  return ensure('pool', pool.name, ['list_pools'], create);
}

/** Name of the script that makes a set. */
export function poolsFile({ phase }: PoolSet): string {
  return `pools-${phase}.sh`;
}
