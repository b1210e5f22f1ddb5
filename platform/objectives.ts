import type { Objectives } from '../model/platform/objective';

/**
 * What is promised. 99.9 % and 200 ms are the strategy's; 99.9 % leaves 43.2 minutes in 30 days. The table of burn rates
 * is that of the Site Reliability Workbook, chapter 5, "Alerting on SLOs" (Google, 2018): 2 % of the budget in an hour,
 * 5 % in six hours, 10 % in a day or in three days.
 */
export const objectives = {
  windowDays: 30,
  burnRates: [
    { factor: 14.4, long: '1h', short: '5m', for: '2m', severity: 'page' },
    { factor: 6, long: '6h', short: '30m', for: '2m', severity: 'page' },
    { factor: 3, long: '1d', short: '2h', for: '15m', severity: 'ticket' },
    { factor: 1, long: '3d', short: '6h', for: '15m', severity: 'ticket' },
  ],
  objectives: {
    availability: {
      kind: 'availability',
      title: 'requests at the front door fail',
      description: 'Users get an answer that is no server error, whatever it is that they asked for.',
      target: 0.999,
      minimumEvents: 100,
      alert: 'AvailabilityBudgetBurn',
      runbook: 'failing-requests',
      since: 'phase-2',
    },
    latency: {
      kind: 'latency',
      title: 'requests at the front door are slow',
      description: 'Users get their answer before they notice that they wait: 95 of 100 within the objective.',
      target: 0.95,
      minimumEvents: 100,
      alert: 'LatencyBudgetBurn',
      runbook: 'slow-requests',
      since: 'phase-2',
    },
    biometric: {
      kind: 'results',
      title: 'biometric samples get no answer',
      description: 'A sample that a user gives leads to an answer, be it a match or none.',
      target: 0.99,
      minimumEvents: 50,
      workload: 'biometric-processor',
      metric: 'aia_biometric_results_total',
      alert: 'BiometricBudgetBurn',
      runbook: 'biometric-failures',
      since: 'phase-2',
    },
    cognitive: {
      kind: 'results',
      title: 'cognitive states are not computed',
      description:
        'What a user does changes what the interface shows; a session that is refused under load counts as a failure.',
      target: 0.99,
      minimumEvents: 50,
      workload: 'cognitive-processor',
      metric: 'aia_cognitive_results_total',
      alert: 'CognitiveBudgetBurn',
      runbook: 'cognitive-failures',
      since: 'phase-2',
    },
    'batch-freshness': {
      kind: 'freshness',
      title: 'batch results',
      description: 'Models and scores are those of last night; one night may fail without anybody noticing.',
      workload: 'ml-batch',
      maxAgeHours: 36,
      alert: 'BatchStale',
      runbook: 'batch-late',
      since: 'phase-1',
    },
    'deployment-health': {
      kind: 'health',
      title: 'pods that are available, of those that should be',
      description: 'What the strategy measures its phases by: 85 %, 95 %, 99.9 % of the pods are there.',
      over: '1d',
      pageAfter: '10m',
      alert: 'DeploymentHealthLow',
      runbook: 'deployment-health',
      since: 'phase-1',
    },
  },
} satisfies Objectives;
