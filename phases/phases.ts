import { Foundation } from '../constructs/foundation';
import { FrontDoor } from '../constructs/front-door';
import { HorizontalScaling } from '../constructs/horizontal-scaling';
import type { Layers } from '../constructs/layers';
import { GatewayRoutes, MeshGateway } from '../constructs/mesh-gateway';
import { MeshPolicy } from '../constructs/mesh-policy';
import { ObjectStorage, usesObjectStorage } from '../constructs/object-storage';
import { WorkloadPodMonitor } from '../constructs/pod-monitor';
import type { Site } from '../constructs/site';
import { TrafficRules } from '../constructs/traffic-rules';
import { VerticalScaling } from '../constructs/vertical-scaling';
import { WorkloadObjects } from '../constructs/workload';
import type { MutualTls } from '../model/platform/mesh';
import { named } from '../model/platform/named';
import { isSince, type PhaseId } from '../model/platform/phase';
import { scalingOf } from '../model/platform/replicas';

/** One part of what a phase puts on a cluster: it adds constructs to the layer they belong to. */
export type Part = (layers: Layers, site: Site) => void;

/** One row of the phase table. A phase is full state, never an overlay: it lists all its parts. */
export interface Phase {
  readonly id: PhaseId;
  readonly title: string;
  /** Mutual TLS where a cluster runs the mesh; undefined: the phase has no mesh. */
  readonly mutualTls: MutualTls | undefined;
  readonly parts: readonly Part[];
}

const foundationThatWarns: Part = (layers, site) => {
  new Foundation(layers.platform, site, 'warn');
};

const workloads: Part = (layers, site) => {
  for (const workload of named(site.platform.workloads)) {
    if (isSince(workload.since, site.phase)) new WorkloadObjects(layers.workloads, site, workload);
  }
};

/** In the layer of the workloads: the load balancer gets no address before the Services behind it are there. */
const cloudIngress: Part = (layers, site) => {
  if (site.cluster.frontDoor === 'gce') new FrontDoor(layers.workloads, site);
};

const scaling: Part = (layers, site) => {
  for (const workload of named(site.platform.workloads)) {
    if (workload.kind === 'CronJob' || !isSince(workload.since, site.phase)) continue;
    const { horizontal, vertical } = scalingOf(workload, site.cluster, site.phase);
    if (horizontal !== undefined) new HorizontalScaling(layers.workloads, site, workload, horizontal);
    if (vertical !== undefined) new VerticalScaling(layers.workloads, site, workload, vertical);
  }
};

const mesh: Part = (layers, site) => {
  if (site.mutualTls === undefined) return;
  new MeshGateway(layers.platform, site);
  new MeshPolicy(layers.policy, site, site.mutualTls);
  if (usesObjectStorage(site)) new ObjectStorage(layers.policy, site);
  new GatewayRoutes(layers.workloads, site);
  for (const workload of named(site.platform.workloads)) {
    if (!isSince(workload.since, site.phase)) continue;
    if (workload.kind !== 'CronJob') new TrafficRules(layers.workloads, site, workload);
    new WorkloadPodMonitor(layers.workloads, site, workload);
  }
};

/** The phases that exist so far, in order. What differs between them is which parts they list, and the data. */
export const PHASES: readonly Phase[] = [
  {
    id: 'phase-1',
    title: 'Stabilization',
    mutualTls: undefined,
    parts: [foundationThatWarns, workloads, cloudIngress],
  },
  {
    id: 'phase-2',
    title: 'Enhancement',
    mutualTls: 'PERMISSIVE',
    parts: [foundationThatWarns, workloads, cloudIngress, scaling, mesh],
  },
];
