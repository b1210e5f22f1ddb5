import type { ChartData, Values } from '../../model/platform/chart';
import { settings } from '../settings';
import { onAddonNodes } from './placement';

/**
 * Whom it may evict. Always through the eviction API, so that budgets hold; never DaemonSets, system pods or pods of
 * another namespace, and none that no other node has room for.
 */
const mayEvict: Values = {
  namespaceLabelSelector: { matchLabels: { 'kubernetes.io/metadata.name': settings.namespace } },
  nodeFit: true,
  // A pod that has no equal stays: evicting it is an outage.
  minReplicas: 2,
  minPodAge: '10m',
  podProtections: {
    // Pods with an emptyDir are protected by default, and all of ours have one: their root file system is read-only, what
    // they write there is scratch.
    defaultDisabled: ['PodsWithLocalStorage'],
    // Stores keep their place by their disk. Jobs have no budget, and would begin anew.
    extraEnabled: ['PodsWithPVC', 'PodsWithoutPDB'],
  },
};

/**
 * Workloads that are spread over on-demand and spot nodes by their own hard constraint: the scheduler would put an
 * evicted pod back where it was, and it would be evicted again. For the same reason neither
 * RemovePodsViolatingNodeAffinity nor RemovePodsViolatingTopologySpreadConstraint is used at all.
 */
const spreadOverCapacity = ['ml-inference-service'];

export const descheduler = {
  description: 'Moves pods that crash on their node, lie together or lie on a full node while another is nearly empty',
  since: 'phase-3',
  repository: 'https://kubernetes-sigs.github.io/descheduler',
  version: '0.36.0',
  readAt: {
    source: 'github.com/kubernetes-sigs/descheduler, tag descheduler-helm-chart-0.36.0, charts/descheduler',
    commit: '3588dacd57d72d8bb18b68bb8fa7b0438e3659cc',
    date: '2026-11-27',
  },
  namespace: 'descheduler',
  stage: 'after',
  parts: [{ addon: 'descheduler', resourcesAt: 'resources', count: 1 }],
  values: {
    // One pod that is always there is what the totals count. A CronJob's would need room of its own every time, and find
    // none just when nodes are full.
    kind: 'Deployment',
    deschedulingInterval: '10m',
    // The default, system-cluster-critical, is kept to kube-system by GKE.
    priorityClassName: 'aia-platform-low',
    nodeSelector: onAddonNodes,
    podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    deschedulerPolicyAPIVersion: 'descheduler/v1alpha2',
    deschedulerPolicy: {
      // Of all profiles together, every ten minutes: slower than a new pod takes to be ready.
      maxNoOfPodsToEvictTotal: 2,
      profiles: [
        {
          name: 'broken',
          pluginConfig: [
            { name: 'DefaultEvictor', args: mayEvict },
            {
              name: 'RemovePodsHavingTooManyRestarts',
              // Only while it crashes: a pod that restarted ten times in a year is well.
              args: { podRestartThreshold: 10, includingInitContainers: true, states: ['CrashLoopBackOff'] },
            },
          ],
          plugins: { deschedule: { enabled: ['RemovePodsHavingTooManyRestarts'] } },
        },
        {
          name: 'misplaced',
          pluginConfig: [
            {
              name: 'DefaultEvictor',
              args: {
                ...mayEvict,
                labelSelector: {
                  matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'NotIn', values: spreadOverCapacity }],
                },
              },
            },
            { name: 'RemoveDuplicates' },
            {
              name: 'LowNodeUtilization',
              // Of what pods request, in percent. Nodes stand at about 80 in phase 3: one below 40 has just come back, and
              // the chart's 20 and 50 would find every other node too full.
              args: { thresholds: { cpu: 40, memory: 40 }, targetThresholds: { cpu: 80, memory: 80 } },
            },
          ],
          plugins: { balance: { enabled: ['RemoveDuplicates', 'LowNodeUtilization'] } },
        },
      ],
    },
  },
} satisfies ChartData;
