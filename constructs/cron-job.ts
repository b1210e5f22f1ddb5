import { JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { queueOf } from '../model/platform/queues';
import { backupTask } from '../model/platform/recovery';
import type { CronJobWorkload } from '../model/platform/workload';
import { QUEUE_LABEL } from './batch-queues';
import { k8s } from './k8s';
import { patchRendered } from './patch-rendered';
import { podTemplate } from './pod-template';
import { ownerMetadata, workloadLabels, type Site } from './site';

/** The CronJob of a batch workload. A Job itself never stands in Git: its template can't be changed. */
export function cronJob(
  scope: Construct,
  site: Site,
  workload: CronJobWorkload,
  config: Readonly<Record<string, string>>,
): void {
  const queue = queueOf(site, workload);
  const object = new k8s.KubeCronJob(scope, 'cron-job', {
    metadata: ownerMetadata(site, workload),
    spec: {
      schedule: workload.schedule,
      timeZone: workload.timeZone,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: workload.startingDeadlineSeconds,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      suspend: workload.suspend === true || lacksBucket(site, workload),
      jobTemplate: {
        metadata: {
          labels: {
            ...workloadLabels(site, workload),
            ...(queue === undefined ? {} : { [QUEUE_LABEL]: queue.name }),
          },
        },
        spec: {
          parallelism: workload.parallelism,
          completions: workload.parallelism,
          backoffLimit: workload.backoffLimit,
          activeDeadlineSeconds: workload.activeDeadlineSeconds,
          // The first rule that fits decides: a pod that lost its node is tried again whatever it left with, and does not
          // use up the backoff limit.
          podFailurePolicy: {
            rules: [
              // Kubernetes 1.28 asks for the status, which later has a default.
              { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
            ],
          },
          template: podTemplate(site, workload, config, 'Never'),
        },
      },
    },
  });
  patchRendered(
    object,
    // The class, made from an old schema, wants onPodConditions in every rule; the API takes one or the other.
    ...workload.containers.map(({ name }) =>
      JsonPatch.add('/spec/jobTemplate/spec/podFailurePolicy/rules/-', {
        action: 'FailJob',
        onExitCodes: { containerName: name, operator: 'In', values: workload.finalExitCodes },
      }),
    ),
  );
}

/** Backups and drills of a cluster that has no bucket wait until it gets one. */
function lacksBucket({ platform: { recovery }, cluster }: Site, { name }: CronJobWorkload): boolean {
  return backupTask(recovery, name) !== undefined && recovery.buckets[cluster.name] === undefined;
}
