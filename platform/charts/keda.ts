import type { ChartData } from '../../model/platform/chart';
import { keepDefinitions, onAddonNodes } from './placement';

export const keda = {
  description: 'Scales workloads on queue depth, connections and the time of day',
  since: 'phase-2',
  only: 'autoscaling',
  repository: 'https://kedacore.github.io/charts',
  version: '2.20.2',
  readAt: {
    source: 'github.com/kedacore/charts, tag v2.20.2, keda',
    commit: 'cbb9bb8ce0809dc9048f72302f7c09765d66ed56',
    date: '2026-11-25',
  },
  namespace: 'keda',
  // A role binding that lets the metrics API server check who asks it.
  alsoIn: ['kube-system'],
  stage: 'before',
  // Its ServiceMonitor.
  after: ['prometheus-operator-crds'],
  parts: [
    { addon: 'keda', resourcesAt: 'resources.operator', count: 1 },
    { addon: 'keda', resourcesAt: 'resources.metricServer', count: 1 },
    { addon: 'keda', resourcesAt: 'resources.webhooks', count: 1 },
  ],
  values: {
    crds: { additionalAnnotations: keepDefinitions },
    // Images are tagged with versions: pulling them again changes nothing, and a registry that is down stops nothing.
    image: { pullPolicy: 'IfNotPresent' },
    nodeSelector: onAddonNodes,
    // The default may read every Secret and scale every kind of the cluster. No trigger here reads a Secret, and what is
    // scaled are Deployments. Watching only our namespace would go further, but it does not exist when KEDA comes.
    permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
    rbac: { enabledCustomScaledRefKinds: false },
    // What each trigger reads, and whether it can.
    prometheus: {
      operator: {
        enabled: true,
        serviceMonitor: {
          enabled: true,
          // The chart has no honorLabels: the namespace of a ScaledObject comes as `exported_namespace`.
          metricRelabelings: [
            { sourceLabels: ['exported_namespace'], regex: '(.+)', targetLabel: 'namespace' },
            { regex: 'exported_namespace', action: 'labeldrop' },
          ],
        },
      },
    },
    // One of each: HPAs keep the replicas they have while KEDA restarts, and its webhook fails open.
    resources: {
      operator: { requests: { cpu: '100m', memory: '160Mi' }, limits: { memory: '512Mi' } },
      metricServer: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      webhooks: { requests: { cpu: '50m', memory: '96Mi' }, limits: { memory: '256Mi' } },
    },
  },
} satisfies ChartData;
