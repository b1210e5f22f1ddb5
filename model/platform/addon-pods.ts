import { asRecord, asString } from '../manifest/access';
import { addRequests, NO_REQUESTS, podRequests, type Requests } from '../pod-requests';
import { parseQuantity, toUnits } from '../quantity';
import { isNeededOn, type Addon } from './addon';
import { valueAt, type Chart } from './chart';
import type { Cluster } from './cluster';
import { named } from './named';
import { isSince, type PhaseId } from './phase';
import type { Platform } from './platform';

/** A pod that some chart or the cloud brings: no manifest here shows it, but it takes room on a node. */
export interface AddonPod {
  /** Entry of `platform/addons.ts` it belongs to. */
  readonly addon: string;
  /** What it is, for people: the chart and the part of it, or what the cloud brings. */
  readonly name: string;
  readonly requests: Requests;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly priorityClass?: string;
  readonly tolerations?: unknown;
  /** Only there when the add-on has scaled to its maximum. */
  readonly atMaximumOnly: boolean;
}

/**
 * The pods of the add-ons that a cluster needs in a phase. Together they request what `platform/addons.ts` counts: the
 * parts that charts of ours install with the place and priority their values give them, the rest as one pod. Pods that
 * consist of several parts are counted as one pod each part, which only makes them easier to place by their sidecars.
 */
export function addonPods(platform: Platform, cluster: Cluster, phase: PhaseId): readonly AddonPod[] {
  const charts = named(platform.charts);
  return named(platform.addons)
    .filter(({ since, only }) => isSince(since, phase) && isNeededOn(cluster, only))
    .flatMap((addon) => podsOf(addon, charts));
}

/** The disks that charts of ours ask for on a cluster in a phase: where their values take a StorageClass. */
export function addonDisks(platform: Platform, cluster: Cluster, phase: PhaseId): { name: string; bytes: bigint }[] {
  if (cluster.addons === 'external') return [];
  return named(platform.charts)
    .filter(({ since, only }) => isSince(since, phase) && isNeededOn(cluster, only))
    .flatMap((chart) =>
      (chart.storageClassAt ?? []).flatMap((path) => {
        const beside = (keys: string): unknown =>
          valueAt(chart.values, [...path.split('.').slice(0, -1), keys].join('.'));
        const size = asString(beside('resources.requests.storage')) ?? asString(beside('size'));
        return size === undefined ? [] : [{ name: chart.name, bytes: toUnits(parseQuantity(size)) }];
      }),
    );
}

function podsOf(addon: Addon, charts: readonly Chart[]): AddonPod[] {
  const parts = charts.flatMap((chart) =>
    chart.parts
      .filter((part) => part.addon === addon.name)
      .flatMap(({ count, countAtMaximum, resourcesAt }) => {
        if (count === 'perNode') return [];
        const most = Math.max(count, countAtMaximum ?? count);
        return Array.from({ length: most }, (_, index) => partPod(addon, chart, resourcesAt, index >= count));
      }),
  );
  const installed = parts.filter(({ atMaximumOnly }) => !atMaximumOnly);
  const rest = less(amounts(addon.requests), installed);
  const more = less(amounts(addon.requestsAtMaximum ?? addon.requests), parts);
  const name = addon.elsewhere?.what ?? addon.name;
  const other = { addon: addon.name, nodeSelector: {} };
  return [
    ...parts,
    ...(isSome(rest) ? [{ ...other, name, requests: rest, atMaximumOnly: false }] : []),
    ...(isSome(less(more, [{ requests: rest }]))
      ? [{ ...other, name: `${name} at its maximum`, requests: less(more, [{ requests: rest }]), atMaximumOnly: true }]
      : []),
  ];
}

function partPod(addon: Addon, chart: Chart, resourcesAt: string, atMaximumOnly: boolean): AddonPod {
  const resources = asRecord(valueAt(chart.values, resourcesAt));
  const requests = asRecord(resources?.requests) as { cpu?: string; memory?: string } | undefined;
  const priorityClass = asString(nearest(chart, resourcesAt, 'priorityClassName'));
  const tolerations = nearest(chart, resourcesAt, 'tolerations');
  return {
    addon: addon.name,
    name: `${chart.name} ${resourcesAt.replace(/(^|\.)resources\b\.?/, ' ').trim()}`.trim(),
    requests: amounts(requests),
    nodeSelector: (asRecord(nearest(chart, resourcesAt, 'nodeSelector')) ?? {}) as Record<string, string>,
    ...(priorityClass !== undefined && { priorityClass }),
    ...(tolerations !== undefined && { tolerations }),
    atMaximumOnly,
  };
}

/** A chart says where its pods run beside their resources, or further up for all of them. */
function nearest(chart: Chart, path: string, key: string): unknown {
  const keys = path.split('.');
  for (let length = keys.length; length >= 0; length--) {
    const value = valueAt(chart.values, [...keys.slice(0, length), key].join('.'));
    if (value !== undefined) return value;
  }
  return undefined;
}

function less(from: Requests, pods: readonly { readonly requests: Requests }[]): Requests {
  const { cpuMillicores, memoryBytes } = pods.map(({ requests }) => requests).reduce(addRequests, NO_REQUESTS);
  return { cpuMillicores: from.cpuMillicores - cpuMillicores, memoryBytes: from.memoryBytes - memoryBytes };
}

function isSome({ cpuMillicores, memoryBytes }: Requests): boolean {
  return cpuMillicores > 0n || memoryBytes > 0n;
}

function amounts(requests: { readonly cpu?: string; readonly memory?: string } | undefined): Requests {
  return requests === undefined ? NO_REQUESTS : podRequests({ resources: { requests } });
}
