import type { Alert } from '../../model/platform/alert';

const of = '{namespace="<namespace>",cronjob="<service>"}';
/** One that has never ended well is as old as itself; one that is suspended on purpose is not late. */
const late =
  `time() - (kube_cronjob_status_last_successful_time${of} or kube_cronjob_created${of}) > <lateSeconds> ` +
  `unless on (namespace, cronjob) kube_cronjob_spec_suspend${of} == 1`;

/** What must happen though nobody looks: data protection, backups, the copy in the other region. */
export const jobAlerts = [
  {
    alert: 'GdprJobMissed',
    each: 'job',
    of: { components: ['data-protection'] },
    expr: late,
    for: '5m',
    severity: 'ticket',
    summary: '<service> ended well {{ $value | humanizeDuration }} ago: data is kept longer than people were told.',
    runbook: 'gdpr-job-missed',
  },
  {
    alert: 'GdprJobMissed',
    each: 'job',
    of: { components: ['data-protection'] },
    expr: 'kube_job_failed{namespace="<namespace>",job_name=~"<service>-.+",condition="true"} == 1',
    for: '5m',
    severity: 'ticket',
    summary: 'The job {{ $labels.job_name }} has failed: what it should have deleted is still there.',
    runbook: 'gdpr-job-missed',
    labels: { reason: 'failed' },
  },
  {
    alert: 'BackupMissed',
    each: 'job',
    of: { components: ['backup'] },
    expr: late,
    for: '5m',
    severity: 'page',
    summary: '<service> ended well {{ $value | humanizeDuration }} ago: more would be lost than is promised.',
    runbook: 'backup-missed',
  },
  {
    alert: 'ArchiveFailing',
    each: 'archive',
    expr:
      'max(pg_stat_archiver_last_archive_age{namespace="<namespace>",workload="<service>"}) > <rpoSeconds> and ' +
      'max(increase(pg_stat_archiver_failed_count{namespace="<namespace>",workload="<service>"}[10m])) > 0',
    for: '2m',
    severity: 'page',
    summary:
      'The log of <service> reached its bucket {{ $value | humanizeDuration }} ago and fails since: if the region were lost now, more than <rpoMinutes> minutes would be.',
    runbook: 'region-lag',
  },
  {
    alert: 'RegionLag',
    each: 'follower',
    expr: 'max(pg_replication_lag_seconds{namespace="<namespace>",workload="<service>"}) > <rpoSeconds>',
    for: '15m',
    severity: 'ticket',
    summary: '<service> of this region is {{ $value | humanizeDuration }} behind; <rpoMinutes> minutes are promised.',
    runbook: 'region-lag',
  },
] satisfies Alert[];
