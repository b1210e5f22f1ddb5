import * as z from 'zod';
import { need } from './addon';
import { dnsLabel } from './fields';
import type { Named } from './named';
import { phaseId } from './phase';

/** The JSON that Helm values are. */
export interface Values {
  readonly [key: string]: Value;
}
type Value = string | number | boolean | null | readonly Value[] | Values;

/** In a chart's values: the region of the cluster that the chart goes to. */
export const OWN_REGION = '{region}';
/** In a chart's values: the other regions that share the public name, sorted, with commas between. */
export const OTHER_REGIONS = '{otherRegions}';

/** Pods of a chart, and where its values say what each of them requests. */
const part = z.strictObject({
  /** Entry of `platform/addons.ts` whose requests these pods are part of. */
  addon: dnsLabel,
  /** Path in `values`: `prometheus.prometheusSpec.resources`. */
  resourcesAt: z.string(),
  /** How many containers request that; `perNode` for a DaemonSet's. */
  count: z.union([z.int().min(1), z.literal('perNode')]),
  /** The same when they have scaled to their own maximum. */
  countAtMaximum: z.int().min(1).optional(),
});

const values = z.record(z.string(), z.unknown()) as unknown as z.ZodType<Values>;

/** A Helm chart that Argo CD installs, pinned, with the values this platform gives it. */
export const chartSchema = z.strictObject({
  /** One sentence for people. */
  description: z.string().min(10),
  since: phaseId,
  /** What a cluster must have to need it; left out: every cluster does. */
  only: need.optional(),
  /** Its name in the repository, where that says too little on a cluster: `base` of Istio. */
  chart: z.string().min(2).optional(),
  /** Helm repository; `https://…` for an index, without scheme for OCI. */
  repository: z.string().min(5),
  /** Exact: a range would change the cluster without a commit. */
  version: z.string().regex(/^v?\d+\.\d+\.\d+(-[\w.]+)?$/, 'is not an exact version'),
  /**
   * Where and when Chart.yaml and values.yaml of this version were read. Left out, the version is unverified, and
   * `aia check` lists it.
   */
  readAt: z
    .strictObject({
      source: z.string(),
      commit: z.string().regex(/^[0-9a-f]{40}$/, 'is not a commit'),
      date: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is not a date'),
    })
    .optional(),
  namespace: dnsLabel,
  /** Other namespaces it puts objects into. */
  alsoIn: z.array(dnsLabel).optional(),
  /** `before` the layers: it brings kinds that they use; `after`: it uses their priority and storage classes. */
  stage: z.enum(['before', 'after']),
  /** Charts that must be healthy first, where all come before the layers: one brings kinds or certificates for another. */
  after: z.array(dnsLabel).optional(),
  parts: z.array(part),
  /** Paths in `values` that get the name of the cluster's StorageClass. */
  storageClassAt: z.array(z.string()).optional(),
  /**
   * Where its values take the platform's routing of alerts: the path of its Alertmanager, and of a list of manifests to
   * install with the chart, which brings the secrets of the receivers.
   */
  alerting: z.strictObject({ alertmanagerAt: z.string(), manifestsAt: z.string() }).optional(),
  /** In any text of it, {@link OWN_REGION} and {@link OTHER_REGIONS} stand for the regions of the cluster it goes to. */
  values,
  /** More values where a cluster has that front door, which is what tells its cloud; they win over `values`. */
  valuesByFrontDoor: z.strictObject({ gce: values.optional(), none: values.optional() }).optional(),
});

export type ChartData = z.infer<typeof chartSchema>;
/** A chart with its name, which is also that of the release and, unless `chart` says otherwise, in the repository. */
export type Chart = Named<ChartData>;

/** What stands at a dotted path in a chart's values; undefined where nothing does. */
export function valueAt(values: Values, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? (value as Values)[key] : undefined),
      values,
    );
}

/** The values with one of them replaced, or added with the maps around it. */
export function withValueAt(values: Values, path: string, value: Value): Values {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...values, [key]: value };
  const inner = values[key];
  return { ...values, [key]: withValueAt(isMap(inner) ? inner : {}, rest.join('.'), value) };
}

/** The values with each placeholder in their texts, at any depth, replaced by what it stands for. */
export function filledValues(values: Values, placeholders: ReadonlyMap<string, string>): Values {
  const fill = (value: Value): Value => {
    if (typeof value === 'string')
      return [...placeholders].reduce((text, [placeholder, meaning]) => text.replaceAll(placeholder, meaning), value);
    if (isList(value)) return value.map(fill);
    return isMap(value) ? filledValues(value, placeholders) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fill(value)]));
}

/** The values with others laid over them: maps are merged, anything else is replaced. */
export function mergedValues(values: Values, over: Values): Values {
  const merged: Record<string, Value> = { ...values };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isMap(below) && isMap(value) ? mergedValues(below, value) : value;
  }
  return merged;
}

function isMap(value: Value | undefined): value is Values {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
