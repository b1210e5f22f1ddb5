import type { Platform } from '../platform/platform';

/** PromQL selectors of what users ask for: counters, each with its labels. */
export interface FrontDoorSelectors {
  /** Requests that count: neither the caller's own mistakes nor connections. */
  readonly all: string;
  /** Of them, those that did not end in a server error, and those that did. */
  readonly succeeded: string;
  readonly failed: string;
  /** Requests by their duration: all of them, and those within the objective. */
  readonly timed: string;
  readonly fast: string;
}

/**
 * Only what the gateway's proxy reports is what a user feels. Code 101 is a WebSocket, whose duration is a connection's;
 * 4xx is the caller's own mistake; 0 is a caller who went away.
 *
 * p95 within the objective is the same as: 95 % of the requests are at or under it, which a histogram with that bound
 * answers exactly. Prometheus 3 stores the bound as `200.0`, version 2 as `200`.
 */
export function frontDoorSelectors({ settings, mesh }: Pick<Platform, 'settings' | 'mesh'>): FrontDoorSelectors {
  const users = `reporter="source",source_workload_namespace="${mesh.gateway.namespace}",destination_workload_namespace="${settings.namespace}"`;
  const served = 'response_code!~"0|101|4.."';
  const durations = 'istio_request_duration_milliseconds';
  return {
    all: `istio_requests_total{${users},${served}}`,
    succeeded: `istio_requests_total{${users},response_code!~"0|101|4..|5.."}`,
    failed: `istio_requests_total{${users},response_code=~"5.."}`,
    timed: `${durations}_count{${users},${served}}`,
    fast: `${durations}_bucket{${users},${served},le=~"${mesh.responseTimeObjectiveMs}(\\\\.0)?"}`,
  };
}
