import type { ChartData } from '../../model/platform/chart';
import { settings } from '../settings';
import { onAddonNodes } from './placement';

/**
 * The chart of the VPA's own authors: released with its images, though its README still calls it under development.
 * Others' charts, Fairwinds' among them, are older, but follow this repository from outside.
 */
export const verticalPodAutoscaler = {
  description: 'Recommends requests, and sets the memory of new pods where a workload asks for it',
  since: 'phase-2',
  only: 'autoscaling',
  repository: 'https://kubernetes.github.io/autoscaler',
  version: '0.11.0',
  readAt: {
    source:
      'github.com/kubernetes/autoscaler, tag vertical-pod-autoscaler-chart-0.11.0, ' +
      'vertical-pod-autoscaler/charts/vertical-pod-autoscaler',
    commit: '49ef1cb46052db6dac5a59e25e8ab8f9385f4c89',
    date: '2026-11-25',
  },
  namespace: 'vertical-pod-autoscaler',
  stage: 'before',
  // Its webhook's certificate.
  after: ['cert-manager'],
  parts: [
    { addon: 'vertical-pod-autoscaler', resourcesAt: 'recommender.resources', count: 1 },
    { addon: 'vertical-pod-autoscaler', resourcesAt: 'admissionController.resources', count: 1 },
  ],
  values: {
    // The definitions lie in the chart's crds/, out of reach of values: Argo CD keeps them when the chart goes, but a
    // version of the chart that dropped one would take its objects along. Read them before an upgrade.
    //
    // One pod of each, so no budget: it would forbid every drain. Without the recommender nothing changes; without the
    // admission controller new pods start with the requests that Git has.
    recommender: {
      replicas: 1,
      podDisruptionBudget: { enabled: false },
      nodeSelector: onAddonNodes,
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    },
    // It evicts pods to resize them. The modes that workloads may have here, Off and Initial, never ask for that.
    updater: { enabled: false },
    admissionController: {
      replicas: 1,
      podDisruptionBudget: { enabled: false },
      nodeSelector: onAddonNodes,
      // The default makes its certificate in a Helm hook, a Job that Argo CD would run again on every sync.
      certGen: { enabled: false },
      certManager: { enabled: true, createSelfSignedIssuer: { enabled: true } },
      // It has no business with anybody else's pods.
      mutatingWebhookConfiguration: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': settings.namespace } },
      },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    },
  },
} satisfies ChartData;
