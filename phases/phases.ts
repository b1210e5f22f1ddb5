import { ArgoCdMonitors, MeshMonitors } from '../constructs/addon-monitors';
import { AuthorizationPolicies } from '../constructs/authorization-policies';
import { BatchQueues } from '../constructs/batch-queues';
import { Dashboards } from '../constructs/dashboards';
import { EdgeSites } from '../constructs/edge-sites';
import { ExternalHosts } from '../constructs/external-hosts';
import { Foundation } from '../constructs/foundation';
import { FrontDoor } from '../constructs/front-door';
import { GlobalLoadBalancing } from '../constructs/global-load-balancing';
import { HorizontalScaling } from '../constructs/horizontal-scaling';
import type { Layers } from '../constructs/layers';
import { GatewayRoutes, MeshGateway } from '../constructs/mesh-gateway';
import { MeshPolicy } from '../constructs/mesh-policy';
import { NetworkPolicies } from '../constructs/network-policies';
import { WorkloadPodMonitor } from '../constructs/pod-monitor';
import { PrometheusRules } from '../constructs/prometheus-rules';
import { SecretStore } from '../constructs/secret-store';
import { WorkloadSecrets } from '../constructs/secrets';
import type { Site } from '../constructs/site';
import { TrafficRules } from '../constructs/traffic-rules';
import { VerticalScaling } from '../constructs/vertical-scaling';
import { WorkloadObjects } from '../constructs/workload';
import { dashboardsAt } from '../dashboards';
import type { MutualTls } from '../model/platform/mesh';
import { hasMonitoring } from '../model/platform/monitoring';
import type { PhaseId } from '../model/platform/phase';
import { workloadsOn } from '../model/platform/presence';
import { scalingOf } from '../model/platform/replicas';

/** One part of what a phase puts on a cluster: it adds constructs to the layer they belong to. */
export type Part = (layers: Layers, site: Site) => void;

/** One row of the phase table. A phase is full state, never an overlay: it lists all its parts. */
export interface Phase {
  readonly id: PhaseId;
  readonly title: string;
  /** Mutual TLS where a cluster runs the mesh; undefined: the phase has no mesh. */
  readonly mutualTls: MutualTls | undefined;
  /** `ingress`: the cloud's own leads here, from phase 2 on beside the mesh's gateway; `gateway`: that one alone. */
  readonly frontDoor: 'ingress' | 'gateway';
  readonly parts: readonly Part[];
}

const foundationThatWarns: Part = (layers, site) => {
  new Foundation(layers.platform, site, 'warn');
};

const foundationThatEnforces: Part = (layers, site) => {
  new Foundation(layers.platform, site, 'enforce');
};

const secrets: Part = (layers, site) => {
  new SecretStore(layers.platform, site);
  for (const workload of workloadsOn(site)) new WorkloadSecrets(layers.workloads, site, workload);
};

/** Nothing passes that was not declared: packets by the nodes, calls by the proxies. */
const zeroTrust: Part = (layers, site) => {
  new NetworkPolicies(layers.policy, site);
  if (site.mutualTls !== undefined) new AuthorizationPolicies(layers.policy, site);
};

/** The ways in from beyond the cluster: other regions, edge sites. */
const beyondTheCluster: Part = (layers, site) => {
  if (site.mutualTls === undefined) return;
  new EdgeSites(layers, site);
  new GlobalLoadBalancing(layers, site);
};

const batchQueues: Part = (layers, site) => {
  new BatchQueues(layers.platform, site);
};

const workloads: Part = (layers, site) => {
  for (const workload of workloadsOn(site)) new WorkloadObjects(layers.workloads, site, workload);
};

/** In the layer of the workloads: the load balancer gets no address before the Services behind it are there. */
const cloudIngress: Part = (layers, site) => {
  if (site.cloudIngress) new FrontDoor(layers.workloads, site);
};

const scaling: Part = (layers, site) => {
  for (const workload of workloadsOn(site)) {
    if (workload.kind === 'CronJob') continue;
    const { horizontal, vertical } = scalingOf(workload, site.cluster, site.phase);
    if (horizontal !== undefined) new HorizontalScaling(layers.workloads, site, workload, horizontal);
    if (vertical !== undefined) new VerticalScaling(layers.workloads, site, workload, vertical);
  }
};

const mesh: Part = (layers, site) => {
  if (site.mutualTls === undefined) return;
  new MeshGateway(layers.platform, site);
  new MeshPolicy(layers.policy, site, site.mutualTls);
  new ExternalHosts(layers.policy, site);
  new GatewayRoutes(layers.workloads, site);
  for (const workload of workloadsOn(site)) {
    if (workload.kind !== 'CronJob') new TrafficRules(layers.workloads, site, workload);
    new WorkloadPodMonitor(layers.workloads, site, workload);
  }
};

/** What looks at the platform from outside its pods. */
const monitoring: Part = (layers, site) => {
  if (!hasMonitoring(site.cluster)) return;
  new PrometheusRules(layers, site);
  if (site.mutualTls !== undefined) new MeshMonitors(layers.platform, site);
  // From a hub it would be another cluster's Argo CD.
  if (site.cluster.destination === undefined) new ArgoCdMonitors(layers.platform, site);
  new Dashboards(layers.platform, site, dashboardsAt(site));
};

/** The phases that exist so far, in order. What differs between them is which parts they list, and the data. */
export const PHASES: readonly Phase[] = [
  {
    id: 'phase-1',
    title: 'Stabilization',
    mutualTls: undefined,
    frontDoor: 'ingress',
    parts: [foundationThatWarns, secrets, workloads, cloudIngress, monitoring],
  },
  {
    id: 'phase-2',
    title: 'Enhancement',
    mutualTls: 'PERMISSIVE',
    frontDoor: 'ingress',
    parts: [foundationThatWarns, secrets, workloads, cloudIngress, scaling, mesh, monitoring],
  },
  {
    id: 'phase-3',
    title: 'Excellence',
    mutualTls: 'STRICT',
    frontDoor: 'gateway',
    parts: [
      foundationThatEnforces,
      secrets,
      batchQueues,
      workloads,
      cloudIngress,
      scaling,
      mesh,
      beyondTheCluster,
      zeroTrust,
      monitoring,
    ],
  },
];
