import type { Cluster } from './cluster';
import { named, type Named } from './named';
import { isSince, type PhaseId } from './phase';
import type { Platform } from './platform';
import { runsOn } from './presence';
import type { Report } from './problems';
import type { Recovery } from './recovery';
import { SOURCES } from './sources';

/** Standby regions that follow nobody, or nobody who writes; promises for the loss of a region that the archive can't keep. */
export function standbyProblems(platform: Platform, phases: readonly PhaseId[], report: Report): void {
  const { clusters, recovery, workloads } = platform;
  const archived = named(recovery.stores).filter(({ archive }) => archive !== undefined);
  for (const store of archived) archiveProblems(store, workloads[store.name], report);
  for (const cluster of named(clusters)) {
    if (cluster.follows !== undefined) followsProblems(cluster, cluster.follows, platform, report);
    const followed = archived.filter(({ name, archive }) => {
      const store = workloads[name];
      const isThere = phases.some((phase) => isSince(cluster.since, phase) && isSince(archive?.since ?? phase, phase));
      return store !== undefined && isThere && runsOn(store, cluster);
    });
    if (cluster.role !== 'standby' || cluster.follows !== undefined || followed.length === 0) continue;
    const message = `is missing: ${followed.map(({ name }) => name).join(', ')} would stand by with an empty database`;
    report(SOURCES.clusters, `${cluster.name}.follows`, undefined, message, writeFull(platform));
  }
  primaryRegionProblems(platform, report);
}

/** Users are led first to where writes are taken; a region that comes back as standby would draw them else. */
function primaryRegionProblems({ clusters, globalDns }: Platform, report: Report): void {
  if (globalDns === undefined) return;
  const { primaryRegion } = globalDns;
  const full = Object.values(clusters).flatMap(({ role, region }) => (role === 'full' ? [region] : []));
  if (full.includes(primaryRegion)) return;
  const message = 'is the region of no full cluster: users would be led to a database that takes no writes';
  report(SOURCES.globalDns, 'primaryRegion', primaryRegion, message, `write ${full.join(' or ')}`);
}

function archiveProblems(
  { name, archive, regionLoss }: Named<Recovery['stores'][string]>,
  store: Platform['workloads'][string] | undefined,
  report: Report,
): void {
  if (archive === undefined || regionLoss === undefined) return;
  const closed = Math.max(archive.timeoutSeconds, archive.checkpointSeconds);
  const seconds = closed + archive.uploadAllowanceSeconds;
  if (seconds > regionLoss.rpoMinutes * 60) {
    const message =
      `is less than the ${seconds} seconds (${closed} until a part of the log is closed, ` +
      `${archive.uploadAllowanceSeconds} until it is in the bucket) that are lost with a region`;
    const fix = `write ${Math.ceil(seconds / 60)} or more, or archive more often`;
    report(SOURCES.recovery, `stores.${name}.regionLoss.rpoMinutes`, regionLoss.rpoMinutes, message, fix);
  }
  if (store?.kind === 'StatefulSet' && store.topology !== 'primary') {
    const message = 'is for a store with one primary: peers have no log that another region could follow';
    report(SOURCES.recovery, `stores.${name}.archive`, undefined, message, 'remove archive and regionLoss');
  }
}

function followsProblems({ name, role }: Cluster, follows: string, platform: Platform, report: Report): void {
  const found = platform.clusters[follows];
  const problem = (message: string, fix: string): void => {
    report(SOURCES.clusters, `${name}.follows`, follows, message, fix);
  };
  if (role !== 'standby' && role !== 'full') {
    problem(`is for regions that may take over, and ${name} is ${role}`, 'remove it');
  } else if (found === undefined || follows === name) {
    problem(found === undefined ? 'is no cluster' : 'is the cluster itself', writeFull(platform));
  } else if (role === 'standby' && found.role !== 'full') {
    problem(`is ${found.role}: what stands by needs a full region to follow`, writeFull(platform));
  } else if (role === 'standby' && !Object.hasOwn(platform.recovery.buckets, follows)) {
    problem(`has no bucket, and ${name} follows it through that`, `add buckets.${follows} to ${SOURCES.recovery}`);
  }
}

function writeFull({ clusters }: Platform): string {
  const full = named(clusters).flatMap(({ name, role }) => (role === 'full' ? [name] : []));
  return full.length === 0 ? "give a cluster the role 'full' first" : `write ${full.join(' or ')}`;
}
