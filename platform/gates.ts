import type { Gates } from '../model/platform/gate';

/**
 * What each step must show. Health and deadlines are the strategy's own: 85 % within 2 hours, 95 % within 4, 99.9 %
 * within 8. The rest is ours: long enough to see a crash loop come back (its pause grows to five minutes), and never
 * a service without a single pod, whatever the sum says.
 */
export const gates = {
  phases: {
    'phase-1': {
      health: 0.85,
      workloadHealth: 0.3,
      dwellSeconds: 300,
      deadlineMinutes: 120,
      maxRestarts: 10,
      maxPendingPods: 2,
      applicationsHealthy: false,
    },
    'phase-2': {
      health: 0.95,
      workloadHealth: 0.6,
      dwellSeconds: 600,
      deadlineMinutes: 240,
      maxRestarts: 2,
      maxPendingPods: 0,
      applicationsHealthy: true,
      successRate: 0.99,
      fastRequests: 0.95,
    },
    'phase-3': {
      health: 0.999,
      workloadHealth: 0.9,
      dwellSeconds: 1800,
      deadlineMinutes: 480,
      maxRestarts: 0,
      maxPendingPods: 0,
      applicationsHealthy: true,
      successRate: 0.999,
      fastRequests: 0.95,
      quietAlerts: '.*(Burn|BurnRate|ErrorBudget).*',
    },
  },
  backOutMinutes: 30,
  // A person or a pipeline runs the script meanwhile; a night is longer than that.
  poolMinutes: 240,
} satisfies Gates;
