import { platform } from '../../platform/platform';
import { metricSourcesAt, seriesByName } from '../platform/metric';
import { named } from '../platform/named';
import { PHASE_IDS } from '../platform/phase';
import { parseExpression } from '../promql/expression';
import { labelReport, type LabelsOf } from '../promql/labels';
import { recordedAt } from './recorded';
import { rulesOn } from './rules';

const places = named(platform.clusters)
  .filter(({ role }) => role === 'full' || role === 'standby')
  .flatMap((cluster) => PHASE_IDS.map((phase) => ({ platform, cluster, phase })));

test.each(places.map((place) => [`${place.phase} on ${place.cluster.name}`, place] as const))(
  '%s: every rule asks for metrics and labels that somebody exposes or a rule records',
  (_, place) => {
    const series = seriesByName(metricSourcesAt(place));
    const exposed: LabelsOf = (name) => series.get(name)?.labels;
    const recorded = recordedAt(place, exposed);
    const rules = rulesOn(place).flatMap(({ groups }) => groups.flatMap((group) => group.rules));
    expect(rules.length).toBeGreaterThan(10);
    for (const rule of rules) {
      const { problems } = labelReport(parseExpression(rule.expr), (name) => exposed(name) ?? recorded.get(name));
      expect([rule.expr, problems]).toEqual([rule.expr, []]);
    }
    // What is said to be recorded is, and nothing else.
    expect([...recorded.keys()].sort()).toEqual(
      rules.flatMap((rule) => ('record' in rule ? [rule.record] : [])).sort(),
    );
  },
);
