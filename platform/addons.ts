import type { z } from 'zod';
import type { addonSchema } from '../model/platform/addon';

/**
 * What the add-ons ask of the nodes. CPU is the platform design's table "Platform" (section 6, August 2026) without
 * the ingress controller, which phase 1 does not have; it gives no memory, so memory is our estimate from what the
 * charts' own examples ask for, and `aia capacity` is bound by CPU. The values in `platform/charts/` must add up to
 * these figures; Argo CD itself stands in none of them, since whoever bootstraps a cluster installs it.
 */
export const addons = {
  argocd: {
    description: 'Argo CD: brings what is in Git onto the cluster',
    since: 'phase-1',
    roles: ['full', 'standby', 'edge', 'laptop'],
    requests: { cpu: '550m', memory: '1Gi' },
  },
  monitoring: {
    description: 'Prometheus, Alertmanager, Grafana',
    since: 'phase-1',
    requests: { cpu: '850m', memory: '2560Mi' },
  },
  logging: {
    description: 'Log store of the whole cluster',
    since: 'phase-1',
    requests: { cpu: '250m', memory: '512Mi' },
  },
  'dns-and-metrics': {
    description: 'Cluster DNS and metrics-server',
    since: 'phase-1',
    roles: ['full', 'standby', 'edge', 'laptop'],
    requests: { cpu: '300m', memory: '384Mi' },
    elsewhere: { what: 'DNS of the cluster', requests: { cpu: '200m', memory: '184Mi' } },
  },
  'certificates-and-secrets': {
    description: 'cert-manager and External Secrets',
    since: 'phase-1',
    requests: { cpu: '200m', memory: '384Mi' },
  },
  keda: {
    description: 'KEDA: scales on queue depth, connections and the time of day',
    since: 'phase-2',
    only: 'autoscaling',
    requests: { cpu: '250m', memory: '384Mi' },
  },
  'vertical-pod-autoscaler': {
    description: 'Recommends requests, and sets the memory of new cognitive and biometric pods',
    since: 'phase-2',
    only: 'autoscaling',
    requests: { cpu: '150m', memory: '384Mi' },
  },
  'mesh-control-plane': {
    description: 'istiod: configures the proxies and issues their certificates',
    since: 'phase-2',
    only: 'mesh',
    requests: { cpu: '500m', memory: '2Gi' },
  },
  'mesh-gateway': {
    description: 'Istio gateway: the front door from phase 2 on, two pods, three at its maximum',
    since: 'phase-2',
    only: 'mesh',
    requests: { cpu: '500m', memory: '256Mi' },
    requestsAtMaximum: { cpu: '750m', memory: '384Mi' },
  },
  tracing: {
    description: 'OpenTelemetry collector: takes the traces of the proxies',
    since: 'phase-2',
    only: 'mesh',
    requests: { cpu: '250m', memory: '512Mi' },
  },
  'mesh-node-agent': {
    description: 'istio-cni: sets up the redirection to the proxies, so that pods need no privileges for it',
    since: 'phase-2',
    only: 'mesh',
    perNode: { cpu: '100m', memory: '100Mi' },
  },
  'batch-queueing': {
    description: 'Kueue: batch jobs wait until their quota on spot nodes is free',
    since: 'phase-3',
    only: 'spot',
    requests: { cpu: '100m', memory: '256Mi' },
  },
  descheduler: {
    description: 'Moves pods that crash on their node, or that lie together or on a full one',
    since: 'phase-3',
    requests: { cpu: '50m', memory: '128Mi' },
  },
  'global-load-balancing': {
    description: 'k8gb and its name server: DNS that leads to a region that can serve',
    since: 'phase-3',
    only: 'global',
    requests: { cpu: '100m', memory: '128Mi' },
  },
  'dns-records': {
    description: "external-dns: writes k8gb's name servers into the zone above theirs",
    since: 'phase-3',
    only: 'global',
    requests: { cpu: '50m', memory: '64Mi' },
  },
  'node-agents': {
    description: 'DaemonSets: node exporter, log collector, storage and network drivers',
    since: 'phase-1',
    roles: ['full', 'standby', 'edge', 'laptop'],
    perNode: { cpu: '200m', memory: '256Mi' },
    elsewhere: { what: 'storage and network drivers of the cloud', perNode: { cpu: '100m', memory: '96Mi' } },
  },
} satisfies Record<string, z.infer<typeof addonSchema>>;
