import { series, type AlertCase } from './case';

const success = (cronjob: string): string => series('kube_cronjob_status_last_successful_time', { cronjob });
const suspended = (cronjob: string): string => series('kube_cronjob_spec_suspend', { cronjob });
const failed = (job: string, condition: string): string => series('kube_job_failed', { job_name: job, condition });
const STORE = { workload: 'neural-store', pod: 'neural-store-0' };

export const jobCases: readonly AlertCase[] = [
  {
    alert: 'BatchStale',
    severity: 'ticket',
    // 36 hours are minute 2160; past it for a quarter of an hour.
    what: 'the last good batch is older than 36 hours',
    fires: { [success('ml-batch')]: '0x2300' },
    at: 2176,
    labels: { namespace: 'aia', cronjob: 'ml-batch', service: 'ml-batch' },
    summary: 'Batch results are 1d 12h 16m 0s old; they may be 36 hours.',
    runbook: 'batch-late',
    quiet: { [success('ml-batch')]: '0x1439 86400x900' },
  },
  {
    alert: 'GdprJobMissed',
    severity: 'ticket',
    // Daily at 03:10 in Amsterdam, 25 hours apart in the night of the last Sunday of October, half an hour to start and
    // an hour to run: 26.5 hours are minute 1590.
    what: 'retention has not ended well since yesterday',
    fires: { [success('gdpr-retention')]: '0x1700' },
    at: 1596,
    labels: { namespace: 'aia', cronjob: 'gdpr-retention', service: 'gdpr-retention' },
    summary: 'gdpr-retention ended well 1d 2h 36m 0s ago: data is kept longer than people were told.',
    runbook: 'gdpr-job-missed',
    // Erasure is started by people: its CronJob is a template that never runs by itself.
    quiet: {
      [success('gdpr-retention')]: '0x1439 86400x300',
      [success('gdpr-erasure')]: '0x1700',
      [suspended('gdpr-erasure')]: '1x1700',
    },
  },
  {
    alert: 'GdprJobMissed',
    severity: 'ticket',
    what: 'an erasure that failed',
    fires: { [failed('gdpr-erasure-20261127', 'true')]: '0x4 1x30' },
    at: 10,
    labels: {
      namespace: 'aia',
      job_name: 'gdpr-erasure-20261127',
      condition: 'true',
      service: 'gdpr-erasure',
      reason: 'failed',
    },
    summary: 'The job gdpr-erasure-20261127 has failed: what it should have deleted is still there.',
    runbook: 'gdpr-job-missed',
    quiet: { [failed('gdpr-erasure-20261127', 'false')]: '1x60', [failed('ml-batch-29301', 'true')]: '1x60' },
  },
  {
    alert: 'BackupMissed',
    severity: 'page',
    // Every six hours, seven in that night, a quarter of an hour to start and 90 minutes to run: minute 525. The RPO is 720.
    what: 'no backup since the last but one was due',
    fires: { [success('neural-store-backup')]: '0x700' },
    at: 531,
    labels: { namespace: 'aia', cronjob: 'neural-store-backup', service: 'neural-store-backup' },
    summary: 'neural-store-backup ended well 8h 51m 0s ago: more would be lost than is promised.',
    runbook: 'backup-missed',
    quiet: { [success('neural-store-backup')]: '0x359 21600x300' },
  },
  {
    alert: 'ArchiveFailing',
    severity: 'page',
    // The RPO of a lost region is five minutes.
    what: 'the log has not reached the bucket for six minutes, and every try fails',
    fires: {
      [series('pg_stat_archiver_last_archive_age', STORE)]: '0+60x30',
      [series('pg_stat_archiver_failed_count', STORE)]: '0+1x30',
    },
    at: 8,
    labels: { service: 'neural-store' },
    summary:
      'The log of neural-store reached its bucket 8m 0s ago and fails since: if the region were lost now, more than 5 minutes would be.',
    runbook: 'region-lag',
    // Nobody writes, so nothing is archived.
    quiet: {
      [series('pg_stat_archiver_last_archive_age', STORE)]: '0+60x30',
      [series('pg_stat_archiver_failed_count', STORE)]: '3x30',
    },
  },
  {
    alert: 'RegionLag',
    severity: 'ticket',
    what: 'the standby is further behind than the RPO',
    cluster: 'europe-west1',
    fires: { [series('pg_replication_lag_seconds', STORE)]: '0+60x40' },
    at: 21,
    labels: { service: 'neural-store' },
    summary: 'neural-store of this region is 21m 0s behind; 5 minutes are promised.',
    runbook: 'region-lag',
    quiet: { [series('pg_replication_lag_seconds', STORE)]: '0+60x15 20x30' },
  },
];
