import type { MetricData } from '../../model/platform/metric';

/** One entry of the catalogue in a line: its labels come last. */
export function metric(
  type: MetricData['type'],
  unit: MetricData['unit'],
  meaning: string,
  ...labels: string[]
): MetricData {
  return { type, unit, meaning, labels };
}
