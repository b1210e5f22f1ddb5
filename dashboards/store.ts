import type { Place } from '../model/platform/presence';
import type { RowSpec } from './board';

/** What would be lost with the database, or with its region. */
export function store(place: Place): RowSpec {
  const ofNamespace = `namespace="${place.platform.settings.namespace}"`;
  return {
    title: 'Database',
    panels: [
      {
        kind: 'timeseries',
        title: 'Time since the log was archived',
        description:
          'How old the last part of the log in the bucket is, on the primary. What is lost with the region is what is not there.',
        unit: 'seconds',
        queries: [{ expr: `max by (pod) (pg_stat_archiver_last_archive_age{${ofNamespace}})`, legend: '{{pod}}' }],
        steps: regionSteps(place),
        runbook: 'region-lag',
      },
      {
        kind: 'timeseries',
        title: 'How far followers are behind',
        description: 'Time since the last change that a follower knows. With nobody writing it climbs too.',
        unit: 'seconds',
        queries: [
          {
            expr: `max by (pod) (pg_replication_lag_seconds{${ofNamespace}} and on (pod) pg_replication_is_replica == 1)`,
            legend: '{{pod}}',
          },
        ],
        steps: regionSteps(place),
        runbook: 'region-lag',
      },
    ],
  };
}

/** What may be lost with a region, from platform/recovery.ts. */
function regionSteps({ platform }: Place): { from: number; color: 'red' }[] {
  const minutes = platform.recovery.stores['neural-store']?.regionLoss?.rpoMinutes;
  return minutes === undefined ? [] : [{ from: minutes * 60, color: 'red' }];
}
