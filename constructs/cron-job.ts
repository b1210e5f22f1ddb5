import type { Construct } from 'constructs';
import { queueOf } from '../model/platform/queues';
import type { CronJobWorkload } from '../model/platform/workload';
import { QUEUE_LABEL } from './batch-queues';
import { k8s } from './k8s';
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
  new k8s.KubeCronJob(scope, 'cron-job', {
    metadata: ownerMetadata(site, workload),
    spec: {
      schedule: workload.schedule,
      timeZone: workload.timeZone,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      suspend: false,
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
          // A pod that lost its node is tried again and does not use up the backoff limit.
          podFailurePolicy: {
            rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
          },
          template: podTemplate(site, workload, config, 'Never'),
        },
      },
    },
  });
}
