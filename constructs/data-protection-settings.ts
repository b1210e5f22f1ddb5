import { archivingOf, backupTask } from '../model/platform/recovery';
import type { Workload } from '../model/platform/workload';
import type { Site } from './site';

/** How the variables of a callee begin in its callers' environment. */
export function variablePrefix({ name }: Pick<Workload, 'name'>): string {
  return name.toUpperCase().replaceAll('-', '_');
}

/**
 * What a job of data protection or recovery, or a store that archives, is told: retention, deadlines and places come from
 * the data that the record of processing is rendered from, so that what is promised there and what is done are one figure.
 */
export function taskSettings(site: Site, { name }: Workload, callees: readonly Workload[]): Record<string, string> {
  const {
    platform: { dataProtection, recovery },
    cluster,
  } = site;
  const { jobs, erasureDeadlineDays } = dataProtection;
  const bucket = recovery.buckets[cluster.name];
  const ledger = bucket === undefined ? {} : { ERASURE_LEDGER_URL: `${bucket.url}/erasures` };
  const settings = archiveSettings(site, name);
  if (name === jobs.retention) {
    for (const callee of callees) {
      if (callee.kind !== 'StatefulSet') continue;
      settings[`${variablePrefix(callee)}_RETENTION_DAYS`] = String(callee.processing.retentionDays);
    }
  }
  if (name === jobs.retention || name === jobs.erasure) settings.ERASURE_DEADLINE_DAYS = String(erasureDeadlineDays);
  if (name === jobs.erasure) Object.assign(settings, ledger);

  const task = backupTask(recovery, name);
  if (task === undefined || bucket === undefined) return settings;
  settings.BACKUP_URL = `${bucket.url}/${task.store}`;
  if (task.kind === 'backup') settings.BACKUP_RETENTION_DAYS = String(task.backup.retentionDays);
  else Object.assign(settings, ledger, { BACKUP_MAX_AGE_MINUTES: String(task.rpoMinutes) });
  return settings;
}

/** All pods of a store are told the same: its entrypoint decides by the pod's name and by what is on its disk. */
function archiveSettings(site: Site, store: string): Record<string, string> {
  const archiving = archivingOf(site, store);
  if (archiving === undefined) return {};
  const { archive, writes, follows } = archiving;
  return {
    ...(writes === undefined ? {} : { ARCHIVE_URL: `${writes.url}/${store}` }),
    ...(follows === undefined ? {} : { FOLLOW_URL: `${follows.url}/${store}` }),
    ARCHIVE_TIMEOUT_SECONDS: String(archive.timeoutSeconds),
    CHECKPOINT_SECONDS: String(archive.checkpointSeconds),
  };
}
