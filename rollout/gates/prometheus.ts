import { frontDoorSelectors } from '../../model/alerting/front-door';
import type { Gate } from '../../model/platform/gate';
import type { Platform } from '../../model/platform/platform';
import { listField, textField } from '../cluster/field';
import { CannotRollOut, withoutCredentials } from '../problem';

/** What users get, as the front door's proxies see it over one dwell. */
export interface RequestFigures {
  /** Share of requests without a server error; undefined where there was no request. */
  readonly success?: number;
  /** Share of requests within the response time objective. */
  readonly fast?: number;
  readonly objectiveMs: number;
  /** Alerts of the objectives that fire. */
  readonly alerts: readonly string[];
}

/** PromQL for the figures: what the objectives count, over a window of their own. */
export function requestQueries(
  platform: Platform,
  windowSeconds: number,
): { readonly success: string; readonly fast: string } {
  const door = frontDoorSelectors(platform);
  const rate = (selector: string): string => `sum(rate(${selector}[${windowSeconds}s]))`;
  return {
    // Without the zero, a service that answers nothing but errors would have no figure at all.
    success: `(${rate(door.succeeded)} or vector(0)) / ${rate(door.all)}`,
    fast: `(${rate(door.fast)} or vector(0)) / ${rate(door.timed)}`,
  };
}

/** Shorter windows than four scrapes (15 s each) have no rate. */
const SHORTEST_WINDOW_SECONDS = 60;

/**
 * Asks a Prometheus.
 *
 * @param address of its HTTP API, without `/api/v1`.
 * @throws CannotRollOut where it does not answer as Prometheus does.
 */
export async function requestFigures(address: string, platform: Platform, gate: Gate): Promise<RequestFigures> {
  const queries = requestQueries(platform, Math.max(SHORTEST_WINDOW_SECONDS, gate.dwellSeconds));
  const [success, fast, alerts] = await Promise.all([
    share(address, queries.success),
    share(address, queries.fast),
    gate.quietAlerts === undefined
      ? []
      : query(address, `ALERTS{alertstate="firing",alertname=~${JSON.stringify(gate.quietAlerts)}}`),
  ]);
  return {
    ...(success === undefined ? {} : { success }),
    ...(fast === undefined ? {} : { fast }),
    objectiveMs: platform.mesh.responseTimeObjectiveMs,
    alerts: [...new Set(alerts.map((entry) => textField(entry, 'metric', 'alertname') ?? ''))].sort(),
  };
}

async function share(address: string, promql: string): Promise<number | undefined> {
  const [result] = await query(address, promql);
  const value = Number(listField(result, 'value')[1]);
  return Number.isFinite(value) ? value : undefined;
}

async function query(address: string, promql: string): Promise<readonly unknown[]> {
  const url = `${address.replace(/\/$/, '')}/api/v1/query?${new URLSearchParams({ query: promql }).toString()}`;
  const refuse = (why: string): CannotRollOut =>
    new CannotRollOut(
      `Prometheus at ${withoutCredentials(address)} does not answer: ${why}`,
      'check --prometheus; kubectl -n monitoring port-forward svc/kube-prometheus-stack-prometheus 9090 makes it http://localhost:9090',
    );
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(15_000) });
    const body: unknown = await answer.json();
    if (textField(body, 'status') !== 'success') throw refuse(textField(body, 'error') ?? `HTTP ${answer.status}`);
    return listField(body, 'data', 'result');
  } catch (error) {
    if (error instanceof CannotRollOut) throw error;
    throw refuse(withoutCredentials(error instanceof Error ? error.message : String(error)));
  }
}
