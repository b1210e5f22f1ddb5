import { recordedAt } from '../model/alerting/recorded';
import { metricSourcesAt, seriesByName } from '../model/platform/metric';
import type { Place } from '../model/platform/presence';
import type { LabelsOf } from '../model/promql/labels';

/** What a dashboard of a place may ask for: metrics that something exposes there, and what rules record of them. */
export function namesAt(place: Place): LabelsOf {
  const series = seriesByName(metricSourcesAt(place));
  const exposed: LabelsOf = (name) => series.get(name)?.labels;
  const recorded = recordedAt(place, exposed);
  return (name) => exposed(name) ?? recorded.get(name);
}
