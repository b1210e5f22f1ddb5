import type { Alert } from '../../model/platform/alert';

const plaintext = (metric: string): string =>
  `sum by (source_workload, destination_workload) (rate(${metric}{reporter="destination",` +
  'destination_workload_namespace="<namespace>",connection_security_policy!="mutual_tls"}[5m]))';

/** Certificates and what passes without one. */
export const meshAlerts = [
  {
    alert: 'PlaintextUnderStrict',
    each: 'platform',
    // Before phase 3 the mesh takes plaintext, and phase 3 waits until there is none.
    since: 'phase-3',
    expr: `${plaintext('istio_requests_total')} > 0 or ${plaintext('istio_tcp_connections_opened_total')} > 0`,
    for: '5m',
    severity: 'page',
    summary:
      '{{ $labels.source_workload }} reaches {{ $labels.destination_workload }} without mutual TLS, {{ $value | humanize }} times a second: a policy is not in force.',
    runbook: 'plaintext-traffic',
  },
  {
    alert: 'CertificateExpiring',
    each: 'platform',
    // Renewed when a third of its time is left: a week before the end nothing has worked for long.
    expr: 'certmanager_certificate_expiration_timestamp_seconds - time() < 7 * 86400',
    for: '1h',
    severity: 'ticket',
    summary:
      'The certificate {{ $labels.namespace }}/{{ $labels.name }} ends in {{ $value | humanizeDuration }} and is not renewed.',
    runbook: 'certificate-expiry',
  },
  {
    alert: 'CertificateExpiring',
    each: 'platform',
    expr: 'certmanager_certificate_expiration_timestamp_seconds - time() < 86400',
    for: '5m',
    severity: 'page',
    summary: 'The certificate {{ $labels.namespace }}/{{ $labels.name }} ends in {{ $value | humanizeDuration }}.',
    runbook: 'certificate-expiry',
  },
  {
    alert: 'CertificateExpiring',
    each: 'platform',
    // A proxy's lives a day and is renewed at half of it: istiod has not answered for eleven hours.
    expr: 'min by (workload) (istio_agent_cert_expiry_seconds) < 3600',
    for: '5m',
    severity: 'page',
    summary:
      'Proxies of {{ $labels.workload }} can be talked to for {{ $value | humanizeDuration }} more: nobody renews their certificate.',
    runbook: 'certificate-expiry',
    labels: { reason: 'proxy' },
  },
] satisfies Alert[];
