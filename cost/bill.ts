import { describeObject, groupOf, type KubeObject } from '../model/kube-object';
import { asList, asRecord, at, textAt } from '../model/manifest/access';
import type { ClusterNode, ClusterNodes } from '../model/platform/cluster-nodes';
import { microUsd, type Prices } from '../model/platform/prices';
import { podOwners, type PodOwner } from '../model/pod-owners';
import { parseQuantity, toUnits } from '../model/quantity';
import { perScale, type PerScale } from '../model/scales';
import { always, type MicroUsd } from './money';

const GIBIBYTE = 1024n ** 3n;

/** One line of the bill. */
export interface CostLine {
  readonly kind: 'nodes' | 'devices' | 'boot disks' | 'disks' | 'load balancers' | 'traffic' | 'fees';
  /** `8 × n2d-standard-4 on-demand in europe-west4`. */
  readonly text: string;
  readonly microUsdPerMonth: PerScale<MicroUsd>;
  /** The object it is paid for, where that is one. */
  readonly object?: KubeObject;
  /** It rests on a figure that nobody has measured; the reason stands here. */
  readonly assumption?: string;
}

/** Something that costs money, or might, and has no price here. */
export interface NotPriced {
  readonly what: string;
  readonly reason: string;
  /** A price is missing for something that is paid for: the sum is too small, and no gate can be passed. */
  readonly missing: boolean;
}

export interface Bill {
  readonly lines: readonly CostLine[];
  readonly notPriced: readonly NotPriced[];
}

/** The month's bill of one cluster, line by line. */
export function billOf(objects: readonly KubeObject[], cluster: ClusterNodes | undefined, prices: Prices): Bill {
  if (cluster === undefined) {
    const reason = 'the nodes are not known: --phase and --cluster name some';
    return { lines: [], notPriced: [{ what: 'everything', reason, missing: true }] };
  }
  const isCloud = cluster.nodes.some((node) => priceOf(node, prices) !== undefined);
  const owners = podOwners(objects);
  return join([
    nodeLines(cluster, prices),
    deviceLines(owners, prices),
    diskLines(objects, owners, cluster, prices),
    isCloud ? frontDoorLines(objects, prices) : { lines: [], notPriced: [] },
    {
      lines: isCloud
        ? [
            {
              kind: 'fees',
              text: 'control plane',
              microUsdPerMonth: always(perMonth(microUsd(prices.cluster), prices)),
            },
          ]
        : [],
      notPriced: [],
    },
  ]);
}

/** What a node costs in an hour; undefined where no row has its machine, region and capacity. */
export function priceOf({ machine, region, capacity }: ClusterNode, prices: Prices): MicroUsd | undefined {
  const row = prices.nodes[machine]?.[region]?.[capacity];
  return row === undefined ? undefined : microUsd(row);
}

/** An hourly price for a month. */
export function perMonth(microUsdPerHour: MicroUsd, { hoursPerMonth }: Prices): MicroUsd {
  return microUsdPerHour * BigInt(hoursPerMonth);
}

function nodeLines({ nodes }: ClusterNodes, prices: Prices): Bill {
  const kinds = groupBy(nodes, ({ machine, region, capacity }) => `${machine} ${capacity} in ${region}`);
  return join(
    kinds.map(([kind, same]) => {
      const [first] = same;
      const price = first && priceOf(first, prices);
      const text = `${same.length} × ${kind}`;
      if (first === undefined || price === undefined) {
        const own = prices.ownHardware[first?.machine ?? ''];
        const reason = own ?? 'platform/prices.yaml has no row for it: add one under nodes, or under ownHardware';
        return { lines: [], notPriced: [{ what: text, reason, missing: own === undefined }] };
      }
      const { type, size } = prices.bootDisk;
      const disk = diskPrice(type, toUnits(parseQuantity(size)), prices) ?? 0n;
      const count = BigInt(same.length);
      return {
        lines: [
          { kind: 'nodes', text, microUsdPerMonth: always(perMonth(price, prices) * count) },
          { kind: 'boot disks', text: `${same.length} × ${size} ${type}`, microUsdPerMonth: always(disk * count) },
        ],
        notPriced: [],
      };
    }),
  );
}

/** GPUs and the like cost on top of their node; cpu, memory and ephemeral storage are the node. */
function deviceLines(owners: readonly PodOwner[], prices: Prices): Bill {
  return join(
    owners.flatMap(({ object, one, pods }) =>
      Object.entries(one.extended)
        .filter(([resource]) => resource !== 'ephemeral-storage')
        .map(([resource, amount]): Bill => {
          const row = prices.devices[resource];
          const what = `${resource} of ${describeObject(object)}`;
          if (row === undefined)
            return {
              lines: [],
              notPriced: [{ what, reason: 'platform/prices.yaml has no row under devices', missing: true }],
            };
          const each = perMonth(microUsd(row), prices) * amount;
          const microUsdPerMonth = perScale((scale) => each * BigInt(pods[scale]));
          return { lines: [{ kind: 'devices', text: what, microUsdPerMonth, object }], notPriced: [] };
        }),
    ),
  );
}

/** Claims of StatefulSets by their replicas, claims on their own, and the disks of add-ons. */
function diskLines(
  objects: readonly KubeObject[],
  owners: readonly PodOwner[],
  { addonDisks }: ClusterNodes,
  prices: Prices,
): Bill {
  const classes = new Map(objects.filter(({ kind }) => kind === 'StorageClass').map((one) => [one.metadata.name, one]));
  const own = classes.size === 1 ? [...classes.values()][0] : undefined;
  const bill = (what: string, of: unknown, bytes: bigint, count: PerScale<number>, object?: KubeObject): Bill => {
    const name = textAt(of, 'storageClassName');
    const found = name === undefined ? own : classes.get(name);
    const type = textAt(found, 'parameters', 'type') ?? '';
    const each = diskPrice(type, bytes, prices);
    const size = `${bytes / GIBIBYTE} GiB`;
    if (each === undefined) {
      const isLocal = found !== undefined && type === '';
      const reason = isLocal
        ? `class ${name ?? ''} makes local disks`
        : `no price for disks of class ${name ?? 'unknown'}`;
      return { lines: [], notPriced: [{ what: `${size} of ${what}`, reason, missing: !isLocal }] };
    }
    const microUsdPerMonth = perScale((scale) => each * BigInt(count[scale]));
    const text = `${count.maximum} × ${size} ${type}, ${what}`;
    return { lines: [{ kind: 'disks', text, microUsdPerMonth, ...(object && { object }) }], notPriced: [] };
  };
  const templates = owners.flatMap(({ object, pods }) =>
    asList(at(object, 'spec', 'volumeClaimTemplates')).map((claim) => {
      const name = `${textAt(claim, 'metadata', 'name') ?? ''} of ${describeObject(object)}`;
      return bill(name, at(claim, 'spec'), sizeOf(at(claim, 'spec')), pods, object);
    }),
  );
  const claims = objects
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map((claim) =>
      bill(
        describeObject(claim),
        claim.spec,
        sizeOf(claim.spec),
        perScale(() => 1),
        claim,
      ),
    );
  const addons = addonDisks.map(({ name, bytes }) =>
    bill(
      `add-on ${name}`,
      {},
      bytes,
      perScale(() => 1),
    ),
  );
  return join([...templates, ...claims, ...addons]);
}

function sizeOf(spec: unknown): bigint {
  const size = at(spec, 'resources', 'requests', 'storage');
  return typeof size === 'string' || typeof size === 'number' ? toUnits(parseQuantity(size)) : 0n;
}

function diskPrice(type: string, bytes: bigint, prices: Prices): MicroUsd | undefined {
  const row = Object.hasOwn(prices.disks, type) ? prices.disks[type] : undefined;
  return row === undefined ? undefined : (microUsd(row) * bytes) / GIBIBYTE;
}

/** Load balancers, and what is assumed to go through them where there is one. */
function frontDoorLines(objects: readonly KubeObject[], prices: Prices): Bill {
  const doors = frontDoors(objects);
  const rules = doors.reduce((sum, door) => sum + door.rules, 0);
  if (rules === 0) return { lines: [], notPriced: [] };
  const { firstFive, further } = prices.forwardingRules;
  const hourly = microUsd(firstFive) + microUsd(further) * BigInt(Math.max(0, rules - 5));
  const { inGiBPerMonth, outGiBPerMonth, reason } = prices.traffic;
  const through = microUsd(prices.loadBalancerData) * BigInt(inGiBPerMonth + outGiBPerMonth);
  return {
    lines: [
      {
        kind: 'load balancers',
        text: `${rules} forwarding rules (${doors.map(({ object }) => describeObject(object)).join(', ')})`,
        microUsdPerMonth: always(perMonth(hourly, prices)),
      },
      {
        kind: 'load balancers',
        text: `${inGiBPerMonth} GiB in and ${outGiBPerMonth} GiB out through them`,
        microUsdPerMonth: always(through),
        assumption: reason,
      },
      {
        kind: 'traffic',
        text: `${outGiBPerMonth} GiB out to the internet`,
        microUsdPerMonth: always(microUsd(prices.egress) * BigInt(outGiBPerMonth)),
        assumption: reason,
      },
    ],
    notPriced: [],
  };
}

/** Objects that make a load balancer, with the forwarding rules of each. */
function frontDoors(objects: readonly KubeObject[]): { object: KubeObject; rules: number }[] {
  const selectors = new Set<string>();
  return objects.flatMap((object) => {
    const { kind, apiVersion, metadata, spec } = object;
    const group = groupOf(apiVersion);
    if (kind === 'Ingress') {
      // One for HTTP, one for HTTPS, unless HTTP is switched off.
      const rules = metadata.annotations?.['kubernetes.io/ingress.allow-http'] === 'false' ? 1 : 2;
      return { object, rules };
    }
    if (kind === 'Service' && textAt(spec, 'type') === 'LoadBalancer') {
      const protocols = new Set(asList(at(spec, 'ports')).map((port) => textAt(port, 'protocol') ?? 'TCP'));
      return { object, rules: Math.max(1, protocols.size) };
    }
    if (kind !== 'Gateway') return [];
    if (group === 'gateway.networking.k8s.io') return { object, rules: 1 };
    // Istio's gateways with the same selector are served by one Service, which its chart makes.
    const selector = JSON.stringify(Object.entries(asRecord(at(spec, 'selector')) ?? {}).sort());
    if (group !== 'networking.istio.io' || selectors.has(selector)) return [];
    selectors.add(selector);
    return { object, rules: 1 };
  });
}

function join(bills: readonly Bill[]): Bill {
  return { lines: bills.flatMap(({ lines }) => lines), notPriced: bills.flatMap(({ notPriced }) => notPriced) };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, readonly T[]][] {
  return [...new Set(items.map(keyOf))].sort().map((key) => [key, items.filter((item) => keyOf(item) === key)]);
}
