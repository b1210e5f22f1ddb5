import type { Place } from '../model/platform/presence';
import type { BoardSpec, Step } from './board';
import { causes } from './overview-causes';
import { errorShare, latency, requestRate, SERVED, userRequests } from './queries';

/** Burn rates of the SRE Workbook's table: what pages within the hour, and what within six. */
const BURN_STEPS: readonly Step[] = [
  { from: 1, color: 'yellow' },
  { from: 6, color: 'orange' },
  { from: 14.4, color: 'red' },
];

/** The first dashboard to open: what users feel, how fast the error budget goes, and which part of the platform is ill. */
export function overview(place: Place): BoardSpec {
  const { platform, phase } = place;
  const { namespace } = platform.settings;
  const user = userRequests(place);
  const objective = platform.gates.phases['phase-3'].successRate ?? 1;
  const budget = Number((1 - objective).toFixed(6));
  const fastBudget = Number((1 - (platform.gates.phases['phase-3'].fastRequests ?? 1)).toFixed(6));
  const { responseTimeObjectiveMs } = platform.mesh;
  const slow = (window: string): string =>
    `1 - sum(rate(istio_request_duration_milliseconds_bucket{${user},${SERVED},le=~"${responseTimeObjectiveMs}(\\\\.0)?"}${window})) / sum(rate(istio_request_duration_milliseconds_count{${user},${SERVED}}${window}))`;
  const health = platform.gates.phases[phase].health;
  const ours = `namespace="${namespace}"`;
  return {
    uid: 'aia-overview',
    title: 'AIA / Overview',
    description: 'What users feel, how fast the error budget goes, and where to look next.',
    rows: [
      {
        title: 'What users feel',
        panels: [
          {
            kind: 'stat',
            title: 'Answers without an error',
            description: `Share of requests at the front door that did not end in a server error. Promised: ${percent(objective)}.`,
            unit: 'ratio',
            queries: [{ expr: `1 - ${errorShare(user)}` }],
            steps: [
              { from: 0, color: 'red' },
              { from: objective, color: 'green' },
            ],
            runbook: 'failing-requests',
          },
          {
            kind: 'stat',
            title: 'Response time, 95 of 100',
            description: `95 of 100 answers were faster than this. Promised: ${responseTimeObjectiveMs} ms.`,
            unit: 'milliseconds',
            queries: [{ expr: latency(0.95, `${user},${SERVED}`) }],
            steps: [{ from: responseTimeObjectiveMs, color: 'red' }],
            runbook: 'slow-requests',
          },
          {
            kind: 'stat',
            title: 'Requests a second',
            description: 'Requests at the front door, WebSockets counted when they end.',
            unit: 'requestsPerSecond',
            queries: [{ expr: requestRate(user) }],
          },
          {
            kind: 'stat',
            title: 'Pods available',
            description: `Available pods among those that should be there. Phase ${phase.slice(-1)} promises ${percent(health)}.`,
            unit: 'ratio',
            queries: [
              {
                expr:
                  `(sum(kube_deployment_status_replicas_available{${ours}}) + sum(kube_statefulset_status_replicas_available{${ours}})) / ` +
                  `(sum(kube_deployment_spec_replicas{${ours}}) + sum(kube_statefulset_replicas{${ours}}))`,
              },
            ],
            steps: [
              { from: 0, color: 'red' },
              { from: health, color: 'green' },
            ],
            runbook: 'deployment-health',
          },
          {
            kind: 'stat',
            title: 'Alerts that fire',
            description: 'Pages and tickets that fire now; the table below names them.',
            unit: 'count',
            queries: [{ expr: 'count(ALERTS{alertstate="firing",severity=~"page|ticket"}) or vector(0)' }],
            steps: [{ from: 1, color: 'orange' }],
          },
        ],
      },
      {
        title: 'Error budget',
        panels: [
          {
            kind: 'timeseries',
            title: 'Burn rate: errors',
            description:
              `How many times faster than allowed the budget of ${percent(budget)} goes. At 1 it lasts exactly 30 days; ` +
              'at 14.4 over an hour a fiftieth is gone and somebody is woken.',
            unit: 'count',
            queries: [
              { expr: `(${errorShare(user, '[5m]')}) / ${budget}`, legend: '5 minutes' },
              { expr: `(${errorShare(user, '[1h]')}) / ${budget}`, legend: '1 hour' },
              { expr: `(${errorShare(user, '[6h]')}) / ${budget}`, legend: '6 hours' },
            ],
            steps: BURN_STEPS,
            runbook: 'failing-requests',
          },
          {
            kind: 'timeseries',
            title: 'Burn rate: slow answers',
            description: `The same for answers slower than ${responseTimeObjectiveMs} ms, of which ${percent(fastBudget)} are allowed.`,
            unit: 'count',
            queries: [
              { expr: `(${slow('[5m]')}) / ${fastBudget}`, legend: '5 minutes' },
              { expr: `(${slow('[1h]')}) / ${fastBudget}`, legend: '1 hour' },
              { expr: `(${slow('[6h]')}) / ${fastBudget}`, legend: '6 hours' },
            ],
            steps: BURN_STEPS,
            runbook: 'slow-requests',
          },
          {
            kind: 'stat',
            title: 'Budget left, over the time shown',
            description:
              'What is left of the errors that the time range above allows: 100 % is none, below 0 more than promised. ' +
              'Choose 7 days for a week; Prometheus keeps 15.',
            unit: 'ratio',
            queries: [{ expr: `1 - (${errorShare(user, '[$__range]')}) / ${budget}` }],
            steps: [
              { from: -1000, color: 'red' },
              { from: 0, color: 'orange' },
              { from: 0.5, color: 'green' },
            ],
            width: 8,
            runbook: 'failing-requests',
          },
        ],
      },
      ...causes(place),
    ],
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))} %`;
}
