import * as z from 'zod';
import { isNeededOn, need } from './addon';
import { clusterRole } from './cluster';
import { named, type Named } from './named';
import { isSince, phaseId } from './phase';
import { runsOn, workloadsOn, type Place } from './presence';

const label = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'is no name of a label');

const metric = z.strictObject({
  type: z.enum(['counter', 'gauge', 'histogram', 'summary']),
  /** `state` is 0 or 1, `timestamp` seconds since 1970, `ratio` 0 to 1. */
  unit: z.enum(['count', 'state', 'seconds', 'milliseconds', 'timestamp', 'bytes', 'cores', 'ratio', 'mixed']),
  /** What it counts, in our own words. */
  meaning: z.string().min(5),
  /** Labels of its own, as the source writes them; those of the target come from {@link targetLabels}. */
  labels: z.array(label),
});

/**
 * Where metrics come from: one program, at the version that the platform pins, and the document or source file in which
 * every name below was found.
 */
export const metricSourceSchema = z.strictObject({
  /** One sentence for people. */
  description: z.string().min(10),
  /** Which chart brings the program, where one of ours does. */
  chart: z.string().optional(),
  /**
   * What our own images must serve, since no public program does. Until they do the series are missing: dashboards stay
   * empty there, and so do alerts.
   */
  contract: z.boolean().optional(),
  readAt: z.strictObject({
    source: z.string().min(10),
    version: z.string(),
    date: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is not a date'),
  }),
  /** How Prometheus comes by it: which monitor, and what that one does to the labels. */
  scrape: z.string().min(10),
  since: phaseId,
  /** Clusters that have it, by their role; left out: all but edge sites. */
  roles: z.array(clusterRole).min(1).optional(),
  /** What a cluster must have to have it; left out: every cluster does. */
  only: need.optional(),
  /** Labels that the scrape adds to every series: of the target, and what our monitors take from the pod. */
  targetLabels: z.array(label),
  metrics: z.record(z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'is no name of a metric'), metric),
});

export type MetricSourceData = z.infer<typeof metricSourceSchema>;
export type MetricSource = Named<MetricSourceData>;
export type MetricData = z.infer<typeof metric>;

/** One name that a query may ask for. A histogram has three, each with labels of its own. */
export interface Series {
  readonly name: string;
  /** The metric it belongs to: `x` for `x_bucket`. */
  readonly metric: string;
  readonly source: MetricSource;
  readonly type: MetricData['type'];
  readonly unit: MetricData['unit'];
  readonly labels: ReadonlySet<string>;
}

/** Every series of a catalogue under its name. The same name in two sources would make a query ambiguous, and throws. */
export function seriesByName(sources: readonly MetricSource[]): ReadonlyMap<string, Series> {
  const all = new Map<string, Series>();
  for (const series of sources.flatMap(seriesOf)) {
    const other = all.get(series.name);
    if (other !== undefined)
      throw new Error(`${series.name} stands in the sources ${other.source.name} and ${series.source.name}`);
    all.set(series.name, series);
  }
  return all;
}

/** The sources that a cluster has in a phase: of a workload's contract, too, only where that workload runs. */
export function metricSourcesAt({ platform, cluster, phase }: Place): MetricSource[] {
  return named(platform.metrics).filter(
    ({ name, contract, since, only, roles }) =>
      isSince(since, phase) &&
      runsOn({ roles }, cluster) &&
      isNeededOn(cluster, only) &&
      (contract !== true || workloadsOn({ platform, cluster, phase }).some((workload) => workload.name === name)),
  );
}

function seriesOf(source: MetricSource): Series[] {
  return Object.entries(source.metrics).flatMap(([metric, { type, unit, labels }]) => {
    const series = (suffix: string, extra: readonly string[] = []): Series => ({
      name: `${metric}${suffix}`,
      metric,
      source,
      type,
      unit: suffix === '_count' ? 'count' : unit,
      labels: new Set([...source.targetLabels, ...labels, ...extra]),
    });
    if (type === 'histogram') return [series('_bucket', ['le']), series('_sum'), series('_count')];
    if (type === 'summary') return [series('', ['quantile']), series('_sum'), series('_count')];
    return [series('')];
  });
}
