import { addRequests, NO_REQUESTS, podRequests, scaleRequests, type Requests } from '../pod-requests';
import type { Addon } from './addon';
import { valueAt, type Chart } from './chart';
import type { Cluster } from './cluster';
import { named } from './named';
import type { Platform } from './platform';
import { formatValue, type Problem } from './problems';
import { chartFile, SOURCES } from './sources';

/** Problems between charts, add-ons and clusters: what a chart requests must be what the totals count. */
export function chartProblems(platform: Platform): Problem[] {
  const charts = named(platform.charts);
  return [
    ...charts.flatMap((chart) => partProblems(chart, platform)),
    ...named(platform.addons).flatMap((addon) => sumProblems(addon, charts)),
    ...named(platform.clusters).flatMap((cluster) => providedProblems(cluster, charts)),
  ];
}

function partProblems(chart: Chart, platform: Platform): Problem[] {
  const file = chartFile(chart.name);
  return chart.parts.flatMap(({ addon, resourcesAt }, index) => {
    const problems: Problem[] = [];
    if (!Object.hasOwn(platform.addons, addon)) {
      problems.push({
        file,
        key: `parts[${index}].addon`,
        value: formatValue(addon) ?? '',
        message: 'is no add-on',
        fix: `write one of ${Object.keys(platform.addons).join(', ')}, or add it to ${SOURCES.addons}`,
      });
    }
    const resources = valueAt(chart.values, resourcesAt) as { requests?: Record<string, unknown> } | undefined;
    for (const resource of ['cpu', 'memory']) {
      if (typeof resources?.requests?.[resource] === 'string') continue;
      problems.push({
        file,
        key: `values.${resourcesAt}.requests.${resource}`,
        message: 'is missing: the pods would run without a request, and the totals would not count them',
        fix: 'write a quantity, such as "100m" for CPU or "128Mi" for memory',
      });
    }
    return problems;
  });
}

/** Charts and whatever else an add-on consists of must together request what the add-on is counted with. */
function sumProblems(addon: Addon, charts: readonly Chart[]): Problem[] {
  const parts = charts.flatMap((chart) =>
    chart.parts.filter((part) => part.addon === addon.name).map((part) => ({ ...part, chart })),
  );
  if (parts.length === 0) return [];
  return (['requests', 'perNode'] as const).flatMap((where) => {
    const counted = amounts(addon[where]);
    const sum = parts
      .filter(({ count }) => (count === 'perNode') === (where === 'perNode'))
      .map(({ chart, resourcesAt, count }) =>
        scaleRequests(amountsAt(chart, resourcesAt), count === 'perNode' ? 1 : count),
      )
      .reduce(addRequests, amounts(addon.elsewhere?.[where]));
    if (sum.cpuMillicores === counted.cpuMillicores && sum.memoryBytes === counted.memoryBytes) return [];
    const names = [...new Set(parts.map(({ chart }) => chart.name))].join(', ');
    return {
      file: SOURCES.addons,
      key: `${addon.name}.${where}`,
      value: `${counted.cpuMillicores}m, ${counted.memoryBytes / 1024n ** 2n}Mi`,
      message: `is not the sum of its parts, ${sum.cpuMillicores}m and ${sum.memoryBytes / 1024n ** 2n}Mi`,
      fix: `make it the sum, or change the values of ${names}, or what stands in "elsewhere"`,
    };
  });
}

function providedProblems(cluster: Cluster, charts: readonly Chart[]): Problem[] {
  return (cluster.provides ?? []).flatMap((provided, index) =>
    charts.some(({ name }) => name === provided)
      ? []
      : {
          file: SOURCES.clusters,
          key: `${cluster.name}.provides[${index}]`,
          value: formatValue(provided) ?? '',
          message: 'is no chart',
          fix: `write one of ${charts.map(({ name }) => name).join(', ')}`,
        },
  );
}

function amountsAt(chart: Chart, path: string): Requests {
  const resources = valueAt(chart.values, path) as { requests?: { cpu?: string; memory?: string } } | undefined;
  return amounts(resources?.requests);
}

function amounts(requests: { readonly cpu?: string; readonly memory?: string } | undefined): Requests {
  return requests === undefined ? NO_REQUESTS : podRequests({ resources: { requests } });
}
