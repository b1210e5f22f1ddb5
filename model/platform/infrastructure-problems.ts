import type { Cluster, Pool } from './cluster';
import { addressesOf, DISK_KEY_PARAMETER, kmsKey, type GkeBuild } from './infrastructure';
import { maintenanceWindow, SHORTEST_WINDOW_MINUTES } from './maintenance-window';
import { named } from './named';
import type { Platform } from './platform';
import { formatValue, type Problem } from './problems';
import { SOURCES } from './sources';

/** A cluster that is built as GKE. */
export type GkeCluster = Cluster & { readonly build: GkeBuild };

/** The clusters that are built as GKE, by name. */
export function gkeClusters(platform: Platform): GkeCluster[] {
  return named(platform.clusters).filter((cluster): cluster is GkeCluster => cluster.build?.kind === 'gke');
}

/** What Google Cloud would refuse halfway, or take and do something else than the manifests say. */
export function infrastructureProblems(platform: Platform): Problem[] {
  const clusters = gkeClusters(platform);
  return [
    ...(clusters.length > 0 ? windowProblems(platform) : []),
    ...clusters.flatMap((cluster) => [
      ...nameProblems(platform, cluster),
      ...zoneProblems(cluster),
      ...diskKeyProblems(platform, cluster),
      ...poolProblems(cluster),
    ]),
    ...rangeProblems(clusters),
  ];
}

function problem(key: string, value: unknown, message: string, fix: string, file: string = SOURCES.clusters): Problem {
  const text = formatValue(value);
  return { file, key, ...(text === undefined ? {} : { value: text }), message, fix };
}

function windowProblems({ schedule }: Platform): Problem[] {
  try {
    const { startMinute, endMinute } = maintenanceWindow(schedule);
    if (endMinute - startMinute >= SHORTEST_WINDOW_MINUTES) return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const fix = 'write an IANA name such as "Europe/Amsterdam"';
    return [problem('timeZone', schedule.timeZone, 'is no time zone', fix, SOURCES.schedule)];
  }
  const message =
    'leaves a night of less than four hours that is off-peak in winter and in summer: GKE needs that long';
  return [problem('peak', schedule.peak, message, 'shorten the peak', SOURCES.schedule)];
}

/** Google Cloud takes 40 characters for the name of a cluster, which also names disks and load balancers. */
function nameProblems({ settings }: Platform, { name }: GkeCluster): Problem[] {
  const full = `${settings.name}-${name}`;
  return full.length <= 40
    ? []
    : [problem(name, full, 'is longer than 40 characters', 'give the cluster a shorter key')];
}

function zoneProblems({ name, region, pools }: GkeCluster): Problem[] {
  return Object.entries(pools).flatMap(([phase, entries]) =>
    entries.flatMap((pool, index) =>
      pool.zones
        .filter((zone) => zone.slice(0, -2) !== region)
        .map((zone) => {
          const key = `${name}.pools.${phase}[${index}].zones`;
          return problem(key, zone, `is no zone of ${region}`, `write zones such as "${region}-b"`);
        }),
    ),
  );
}

/** The scripts make one key for disks; a StorageClass that names another one would leave every claim Pending. */
function diskKeyProblems({ infrastructure }: Platform, { name, region, storage }: GkeCluster): Problem[] {
  const key = storage.parameters[DISK_KEY_PARAMETER];
  const made = kmsKey(infrastructure, region, 'disks');
  if (key === undefined || key === made) return [];
  const message = `is not the key that infra/ makes for ${region}`;
  return [problem(`${name}.storage.parameters.${DISK_KEY_PARAMETER}`, key, message, `write "${made}"`)];
}

/** GKE changes neither machine nor zones nor taints of a pool that is there, so a step between phases could not either. */
function poolProblems({ name, pools }: GkeCluster): Problem[] {
  const first = new Map<string, { readonly pool: Pool; readonly phase: string }>();
  return Object.entries(pools).flatMap(([phase, entries]) =>
    entries.flatMap((pool, index) => {
      const before = first.get(pool.name);
      first.set(pool.name, before ?? { pool, phase });
      if (before === undefined || JSON.stringify(before.pool) === JSON.stringify(pool)) return [];
      const key = `${name}.pools.${phase}[${index}].name`;
      const message =
        before.phase === phase
          ? 'is the name of two pools'
          : `is another pool in ${before.phase}, and GKE changes none`;
      return [problem(key, pool.name, message, 'give the pool a name of its own')];
    }),
  );
}

function rangeProblems(clusters: readonly GkeCluster[]): Problem[] {
  const ranges = clusters.flatMap(({ name, build }) =>
    Object.entries(build.ranges).map(([use, text]) => ({ key: `${name}.build.ranges.${use}`, text })),
  );
  return ranges.flatMap(({ key, text }, index) => {
    const other = ranges.slice(0, index).find((before) => overlap(before.text, text));
    if (other === undefined) return [];
    return [problem(key, text, `overlaps ${other.key}, "${other.text}"`, 'choose a range that is free')];
  });
}

function overlap(left: string, right: string): boolean {
  const [a, b] = [addressesOf(left), addressesOf(right)];
  return a.first < b.first + b.count && b.first < a.first + a.count;
}
