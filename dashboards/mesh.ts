import type { Place } from '../model/platform/presence';
import type { BoardSpec } from './board';
import { RATE } from './queries';

/** Who calls whom, what is refused, and whether all of it is encrypted and known by name. */
export function mesh(place: Place): BoardSpec {
  const { platform } = place;
  const { namespace } = platform.settings;
  const arrived = `reporter="destination",destination_workload_namespace="${namespace}"`;
  const pair = 'source_workload, destination_workload';
  const legend = '{{source_workload}} → {{destination_workload}}';
  const rate = (metric: string, selector: string, by: string): string =>
    `sum by (${by}) (rate(${metric}{${selector}}${RATE}))`;
  return {
    uid: 'aia-mesh',
    title: 'AIA / Mesh and zero trust',
    description: 'Who calls whom, what was refused, whether it is encrypted, and how long certificates last.',
    rows: [
      {
        title: 'Who calls whom',
        panels: [
          {
            kind: 'table',
            title: 'Calls a second',
            description:
              'Every pair that talks HTTP. One that is not declared in platform/workloads/ should not be here.',
            unit: 'requestsPerSecond',
            queries: [
              {
                expr: `sum by (source_workload, source_workload_namespace, destination_workload) (rate(istio_requests_total{${arrived}}[5m])) > 0`,
              },
            ],
          },
          {
            kind: 'table',
            title: 'Bytes a second to and from stores',
            description: 'Every pair that talks to a store, where calls are not HTTP.',
            unit: 'bytesPerSecond',
            queries: [{ expr: `sum by (${pair}) (rate(istio_tcp_received_bytes_total{${arrived}}[5m])) > 0` }],
          },
          {
            kind: 'timeseries',
            title: 'Calls by pair',
            description: 'The same over time: a pair that is new, or one that fell silent.',
            unit: 'requestsPerSecond',
            queries: [{ expr: rate('istio_requests_total', arrived, pair), legend }],
            width: 24,
            stacked: true,
          },
        ],
      },
      {
        title: 'Zero trust',
        panels: [
          {
            kind: 'timeseries',
            title: 'Denied',
            description:
              'Calls that a policy refused, by pair: somebody tries what nobody declared, or a rule is missing. The application ' +
              'itself may answer 403 too, then without the name of a rule in its log.',
            unit: 'requestsPerSecond',
            queries: [{ expr: rate('istio_requests_total', `${arrived},response_code="403"`, pair), legend }],
            runbook: 'failing-requests',
          },
          {
            kind: 'timeseries',
            title: 'Not encrypted',
            description:
              'Calls without mutual TLS. Before phase 3 they are accepted, and must come to an end; from phase 3 on there can be ' +
              'none, so any is an alarm.',
            unit: 'requestsPerSecond',
            queries: [
              {
                expr: rate('istio_requests_total', `${arrived},connection_security_policy!="mutual_tls"`, pair),
                legend,
              },
              {
                expr: rate(
                  'istio_tcp_connections_opened_total',
                  `${arrived},connection_security_policy!="mutual_tls"`,
                  pair,
                ),
                legend,
              },
            ],
            steps: [{ from: 0.0001, color: 'red' }],
            runbook: 'plaintext-traffic',
          },
          {
            kind: 'timeseries',
            title: 'Callers without a name',
            description: 'Calls whose caller has no identity in the mesh.',
            unit: 'requestsPerSecond',
            queries: [
              {
                expr: rate('istio_requests_total', `${arrived},source_principal=~"|unknown"`, 'destination_workload'),
                legend: '{{destination_workload}}',
              },
            ],
            runbook: 'plaintext-traffic',
          },
        ],
      },
      {
        title: 'Resilience',
        panels: [
          {
            kind: 'timeseries',
            title: 'Circuit breaker',
            description: 'Calls that were not made since too many were open already, or since no healthy pod was left.',
            unit: 'requestsPerSecond',
            queries: [
              {
                expr: rate(
                  'istio_requests_total',
                  `reporter="source",destination_workload_namespace="${namespace}",response_flags=~".*(UO|UH).*"`,
                  `${pair}, response_flags`,
                ),
                legend: `${legend} {{response_flags}}`,
              },
            ],
            runbook: 'failing-requests',
          },
          {
            kind: 'timeseries',
            title: 'Timeouts and lost connections',
            description: 'UT: no answer in time. UF, UC: no connection, or it broke. URX: the retry failed too.',
            unit: 'requestsPerSecond',
            queries: [
              {
                expr: rate(
                  'istio_requests_total',
                  `reporter="source",destination_workload_namespace="${namespace}",response_flags=~".*(UT|UF|UC|URX).*"`,
                  `${pair}, response_flags`,
                ),
                legend: `${legend} {{response_flags}}`,
              },
            ],
            runbook: 'slow-requests',
          },
        ],
      },
      {
        title: 'Control plane and certificates',
        panels: [
          {
            kind: 'timeseries',
            title: 'Proxies connected',
            description: 'Proxies that get their configuration, by istiod. If it falls, pods keep what they last got.',
            unit: 'count',
            queries: [{ expr: 'sum by (pod) (pilot_xds)', legend: '{{pod}}' }],
          },
          {
            kind: 'timeseries',
            title: 'Configuration refused',
            description: 'Proxies that would not take what istiod sent, and pushes that failed, a second.',
            unit: 'perSecond',
            queries: [
              { expr: `sum(rate(pilot_total_xds_rejects${RATE}))`, legend: 'refused' },
              { expr: `sum by (type) (rate(pilot_xds_pushes{type=~".*_senderr"}${RATE}))`, legend: '{{type}}' },
            ],
          },
          {
            kind: 'timeseries',
            title: 'Time until a change is everywhere',
            description: 'From a change until 99 of 100 proxies have it.',
            unit: 'seconds',
            queries: [
              {
                expr: `histogram_quantile(0.99, sum by (le) (rate(pilot_proxy_convergence_time_bucket${RATE})))`,
                legend: '99 of 100',
              },
            ],
          },
          {
            kind: 'timeseries',
            title: "Time left of the mesh's own certificates",
            description:
              'The root, and the certificate of the proxy that expires first. Proxies renew theirs every few hours.',
            unit: 'seconds',
            queries: [
              { expr: 'min(citadel_server_root_cert_expiry_timestamp) - time()', legend: 'root' },
              { expr: 'min(istio_agent_cert_expiry_seconds)', legend: 'first proxy' },
            ],
            steps: [
              { from: -1e9, color: 'red' },
              { from: 0, color: 'green' },
            ],
            runbook: 'certificate-expiry',
          },
        ],
      },
    ],
  };
}
