import { OWN_REGION, type ChartData } from '../../model/platform/chart';
import { DASHBOARD_FOLDER, DASHBOARD_LABEL } from '../../model/platform/grafana';
import { shownNodeLabels } from '../metrics/kube-state-metrics';
import { onAddonNodes, onTaintedNodes } from './placement';

/** Whoever is on call is blind without them. */
const priorityClassName = 'aia-critical';
/** Of the rest, which can wait a while, but must not be the first to go. */
const low = { priorityClassName: 'aia-platform-low' };

/** A disk of the cluster's own class; its name is filled in at `storageClassName`. */
function disk(storage: string): { spec: { accessModes: string[]; resources: { requests: { storage: string } } } } {
  return { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } };
}

export const kubePrometheusStack = {
  description: 'Prometheus, Alertmanager and Grafana with the usual rules and dashboards for Kubernetes',
  since: 'phase-1',
  repository: 'https://prometheus-community.github.io/helm-charts',
  version: '88.5.3',
  readAt: {
    source: 'github.com/prometheus-community/helm-charts, tag kube-prometheus-stack-88.5.3',
    commit: 'ea930baeebeba39f56d6b44e351f23b2a072a600',
    date: '2026-11-25',
  },
  namespace: 'monitoring',
  // Services by which it finds the kubelet and the cluster's DNS.
  alsoIn: ['kube-system'],
  stage: 'after',
  parts: [
    { addon: 'monitoring', resourcesAt: 'prometheus.prometheusSpec.resources', count: 1 },
    { addon: 'monitoring', resourcesAt: 'alertmanager.alertmanagerSpec.resources', count: 1 },
    // One beside Prometheus, one beside Alertmanager.
    { addon: 'monitoring', resourcesAt: 'prometheusOperator.prometheusConfigReloader.resources', count: 2 },
    { addon: 'monitoring', resourcesAt: 'prometheusOperator.resources', count: 1 },
    { addon: 'monitoring', resourcesAt: 'grafana.resources', count: 1 },
    // One for dashboards, one for data sources.
    { addon: 'monitoring', resourcesAt: 'grafana.sidecar.resources', count: 2 },
    { addon: 'monitoring', resourcesAt: 'kube-state-metrics.resources', count: 1 },
    { addon: 'node-agents', resourcesAt: 'prometheus-node-exporter.resources', count: 'perNode' },
  ],
  storageClassAt: [
    'prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.storageClassName',
    'alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec.storageClassName',
  ],
  // platform/routing.ts goes in here; the chart's own routes send everything to nobody.
  alerting: { alertmanagerAt: 'alertmanager', manifestsAt: 'extraManifests' },
  values: {
    crds: { enabled: false },
    prometheus: {
      prometheusSpec: {
        // On every alert that leaves the cluster: each region has an Alertmanager of its own, and they share receivers.
        externalLabels: { region: OWN_REGION },
        nodeSelector: onAddonNodes,
        priorityClassName,
        // The error budget counts 30 days (platform/objectives.ts).
        retention: '31d',
        // Below the size of the disk: Prometheus stops when it is full.
        retentionSize: '40GB',
        // Monitors and rules of all namespaces, not only those that this chart renders.
        serviceMonitorSelectorNilUsesHelmValues: false,
        podMonitorSelectorNilUsesHelmValues: false,
        ruleSelectorNilUsesHelmValues: false,
        resources: { requests: { cpu: '500m', memory: '1536Mi' }, limits: { memory: '3Gi' } },
        storageSpec: { volumeClaimTemplate: disk('50Gi') },
      },
    },
    alertmanager: {
      alertmanagerSpec: {
        nodeSelector: onAddonNodes,
        priorityClassName,
        resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        storage: { volumeClaimTemplate: disk('2Gi') },
      },
    },
    prometheusOperator: {
      ...low,
      nodeSelector: onAddonNodes,
      // Their certificates come from Helm hooks, Jobs that Argo CD would run again on every sync.
      admissionWebhooks: { enabled: false },
      tls: { enabled: false },
      resources: { requests: { cpu: '100m', memory: '192Mi' }, limits: { memory: '384Mi' } },
      prometheusConfigReloader: {
        resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
      },
    },
    grafana: {
      ...low,
      nodeSelector: onAddonNodes,
      // A generated password is another one at every rendering; docs/argocd.md says how to make this Secret.
      admin: { existingSecret: 'grafana-admin', userKey: 'user', passwordKey: 'password' },
      testFramework: { enabled: false },
      resources: { requests: { cpu: '110m', memory: '320Mi' }, limits: { memory: '512Mi' } },
      sidecar: {
        resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        dashboards: {
          // The chart's own, written out: the dashboards of the platform are found by this, and lie in its namespace.
          ...DASHBOARD_LABEL,
          searchNamespace: 'ALL',
          folderAnnotation: DASHBOARD_FOLDER.annotation,
          provider: { foldersFromFilesStructure: true },
        },
      },
    },
    'kube-state-metrics': {
      ...low,
      // It shows no label of any object by itself.
      metricLabelsAllowlist: [`nodes=[${shownNodeLabels.join(',')}]`],
      nodeSelector: onAddonNodes,
      resources: { requests: { cpu: '50m', memory: '192Mi' }, limits: { memory: '384Mi' } },
    },
    'prometheus-node-exporter': {
      ...low,
      prometheus: {
        monitor: {
          // Its series know an address; everything else is asked for by the name of a node.
          relabelings: [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }],
        },
      },
      tolerations: onTaintedNodes,
      resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    },
    // A managed control plane shows none of these, and rules about them would fire for ever.
    kubeControllerManager: { enabled: false },
    kubeScheduler: { enabled: false },
    kubeEtcd: { enabled: false },
    kubeProxy: { enabled: false },
  },
} satisfies ChartData;
