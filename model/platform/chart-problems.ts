import { addRequests, NO_REQUESTS, podRequests, scaleRequests, type Requests } from '../pod-requests';
import type { Addon } from './addon';
import { valueAt, type Chart } from './chart';
import type { Cluster } from './cluster';
import { named } from './named';
import { isSince } from './phase';
import type { Platform } from './platform';
import { formatValue, type Problem } from './problems';
import { chartFile, SOURCES } from './sources';

/** Problems between charts, add-ons and clusters: what a chart requests must be what the totals count. */
export function chartProblems(platform: Platform): Problem[] {
  const charts = named(platform.charts);
  return [
    ...charts.flatMap((chart) => [...partProblems(chart, platform), ...orderProblems(chart, platform)]),
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

/** A chart can wait only for one that is there whenever it is, and that does not wait for it in turn. */
function orderProblems(chart: Chart, platform: Platform): Problem[] {
  return (chart.after ?? []).flatMap((name, index) => {
    const fault = orderFault(chart, name, platform);
    if (fault === undefined) return [];
    const key = `after[${index}]`;
    return { file: chartFile(chart.name), key, value: formatValue(name) ?? '', ...fault };
  });
}

function orderFault(chart: Chart, name: string, platform: Platform): { message: string; fix: string } | undefined {
  const other = Object.hasOwn(platform.charts, name) ? platform.charts[name] : undefined;
  if (other === undefined) {
    return { message: 'is no chart', fix: `write one of ${Object.keys(platform.charts).join(', ')}` };
  }
  if (chart.stage !== 'before' || other.stage !== 'before') {
    const message = 'orders a chart that comes after the layers, and all of those are synced together';
    return { message, fix: "make both charts' stage 'before', or remove it" };
  }
  if (!isSince(other.since, chart.since) || (other.only !== undefined && other.only !== chart.only)) {
    return { message: 'is not on every cluster and in every phase where this chart is', fix: 'make it, or remove it' };
  }
  if (waitsFor(name, chart.name, platform, new Set())) {
    return { message: 'waits for this chart itself', fix: 'remove one of the two' };
  }
  return undefined;
}

/** Whether a chart waits for another, directly or through others. */
function waitsFor(name: string, other: string, platform: Platform, seen: Set<string>): boolean {
  if (name === other) return true;
  if (seen.has(name)) return false;
  seen.add(name);
  return (platform.charts[name]?.after ?? []).some((next) => waitsFor(next, other, platform, seen));
}

/** Charts and whatever else an add-on consists of must together request what the add-on is counted with. */
function sumProblems(addon: Addon, charts: readonly Chart[]): Problem[] {
  const parts = charts.flatMap((chart) =>
    chart.parts.filter((part) => part.addon === addon.name).map((part) => ({ ...part, chart })),
  );
  if (parts.length === 0) return [];
  // Most add-ons don't scale: what they request at the maximum is what they always do, and would be reported twice.
  const scales = addon.requestsAtMaximum !== undefined || parts.some((part) => part.countAtMaximum !== undefined);
  const sums = ['requests', 'perNode', ...(scales ? (['requestsAtMaximum'] as const) : [])] as const;
  return sums.flatMap((where) => {
    const counted = amounts(addon[where] ?? (where === 'requestsAtMaximum' ? addon.requests : undefined));
    const sum = parts
      .filter(({ count }) => (count === 'perNode') === (where === 'perNode'))
      .map(({ chart, resourcesAt, count, countAtMaximum }) => {
        const pods = where === 'requestsAtMaximum' ? (countAtMaximum ?? count) : count;
        return scaleRequests(amountsAt(chart, resourcesAt), pods === 'perNode' ? 1 : pods);
      })
      .reduce(addRequests, amounts(addon.elsewhere?.[where === 'perNode' ? 'perNode' : 'requests']));
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
