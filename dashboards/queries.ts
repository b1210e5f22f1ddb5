import type { Place } from '../model/platform/presence';

/** What users feel: calls as the gateway's own proxy counts them, and nothing that a workload says of itself. */
export function userRequests({ platform: { mesh, settings } }: Place): string {
  return `reporter="source",source_workload_namespace="${mesh.gateway.namespace}",destination_workload_namespace="${settings.namespace}"`;
}

/**
 * Answers that count: 101 is a WebSocket, whose duration is a connection's; 4xx is the caller's own mistake; 0 is a
 * caller who went away.
 */
export const SERVED = 'response_code!~"0|101|4.."';
export const FAILED = 'response_code=~"5.."';

/** Seconds that `rate` looks back: at least four scrapes, and more where the picture is wide. */
export const RATE = '[$__rate_interval]';

/** Calls a second by labels. */
export function requestRate(selector: string, by = ''): string {
  return `sum${by === '' ? '' : ` by (${by})`} (rate(istio_requests_total{${selector}}${RATE}))`;
}

/** The duration under which a share of the calls stays, in milliseconds. */
export function latency(quantile: number, selector: string, by = ''): string {
  const labels = by === '' ? 'le' : `le, ${by}`;
  return `histogram_quantile(${quantile}, sum by (${labels}) (rate(istio_request_duration_milliseconds_bucket{${selector}}${RATE})))`;
}

/** Failed calls among all; zero where there was no failure, so that the line does not break off. */
export function errorShare(selector: string, window = RATE): string {
  const sum = (extra: string): string => `sum(rate(istio_requests_total{${selector},${extra}}${window}))`;
  return `(${sum(FAILED)} or vector(0)) / ${sum(SERVED)}`;
}

/**
 * Pods of one workload by their names, which Kubernetes makes of the owner's: `api-7d9f-x2x4k`, `neural-store-0`,
 * `ml-batch-29012345-abcde`. Longer names that begin alike are another workload's.
 */
export function podsOf(workload: string): string {
  return `pod=~"${workload}-([0-9]+|[a-z0-9]+-[a-z0-9]{5})"`;
}
