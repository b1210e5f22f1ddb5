import { workloadsOn, type Place } from '../model/platform/presence';
import type { ServedWorkload, Workload } from '../model/platform/workload';

/** A workload that serves, by its name; undefined where the cluster has none of that name. */
export function namedWorkload(place: Place, name: string): ServedWorkload | undefined {
  return workloadsOn(place).find(
    (workload): workload is Workload & ServedWorkload => workload.name === name && workload.kind !== 'CronJob',
  );
}

/** A share as people write it: `99.9 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))} %`;
}
