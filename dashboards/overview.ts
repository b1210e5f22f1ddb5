import { DEPLOYMENT_HEALTH } from '../model/alerting/objective-rules';
import type { Place } from '../model/platform/presence';
import type { BoardSpec } from './board';
import { percent } from './facts';
import { budget } from './overview-budget';
import { causes } from './overview-causes';
import { errorShare, latency, requestRate, SERVED, userRequests } from './queries';

/** The first dashboard to open: what users feel, how fast the error budget goes, and which part of the platform is ill. */
export function overview(place: Place): BoardSpec {
  const { platform, phase } = place;
  const user = userRequests(place);
  const objective = availabilityTarget(place);
  const { responseTimeObjectiveMs } = platform.mesh;
  const health = platform.gates.phases[phase].health;
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
            queries: [{ expr: DEPLOYMENT_HEALTH }],
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
      budget(place),
      ...causes(place),
    ],
  };
}

/** Share of requests that must not fail, of the objective of that kind; 1 where none is promised. */
function availabilityTarget({ platform }: Place): number {
  const promised = Object.values(platform.objectives.objectives).find(({ kind }) => kind === 'availability');
  return promised !== undefined && 'target' in promised ? promised.target : 1;
}
