import { budgetOf, recordNames } from '../model/alerting/objective-rules';
import { named } from '../model/platform/named';
import { isBudgeted } from '../model/platform/objective';
import type { Place } from '../model/platform/presence';
import type { PanelSpec, RowSpec, Step } from './board';
import { percent } from './facts';

/** How fast each objective's budget of bad events goes, and what is left of it: the recorded series of its alerts. */
export function budget({ platform }: Place): RowSpec {
  const { burnRates, windowDays, objectives } = platform.objectives;
  const windows = [...new Set(burnRates.flatMap(({ short, long }) => [short, long]))];
  const steps = burnSteps(burnRates.map(({ factor }) => factor));
  return {
    title: 'Error budget',
    panels: named(objectives).flatMap((objective): PanelSpec[] => {
      if (!isBudgeted(objective)) return [];
      const allowed = budgetOf(objective);
      const { ratio, left } = recordNames(objective.name);
      return [
        {
          kind: 'timeseries',
          title: `Burn rate: ${objective.name}`,
          description:
            `How many times faster than allowed ${objective.title}; allowed are ${percent(allowed)}. At 1 the budget lasts ` +
            `exactly ${windowDays} days; the dashed lines are where alerts fire. ${objective.description}`,
          unit: 'count',
          queries: windows.map((window) => ({ expr: `${ratio(window)} / ${allowed}`, legend: window })),
          steps,
          width: 18,
          runbook: objective.runbook,
        },
        {
          kind: 'stat',
          title: `Left: ${objective.name}`,
          description: `Share of the budget that is left of ${windowDays} days. Below 0 more was broken than promised.`,
          unit: 'ratio',
          queries: [{ expr: left(windowDays) }],
          steps: [
            { from: -1e9, color: 'red' },
            { from: 0, color: 'orange' },
            { from: 0.5, color: 'green' },
          ],
          width: 6,
          height: 8,
          runbook: objective.runbook,
        },
      ];
    }),
  };
}

/** The factors at which alerts fire, the lowest first, each in a hotter colour. */
function burnSteps(factors: readonly number[]): Step[] {
  const colors = ['yellow', 'yellow', 'orange', 'red'] as const;
  return [...new Set(factors)].sort((a, b) => a - b).map((from, index) => ({ from, color: colors[index] ?? 'red' }));
}
