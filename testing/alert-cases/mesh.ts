import { series, type AlertCase } from './case';

const call = (metric: string, policy: string): string =>
  series(metric, {
    reporter: 'destination',
    source_workload: 'unknown',
    destination_workload: 'neural-store',
    destination_workload_namespace: 'aia',
    connection_security_policy: policy,
  });
const DAY = 86_400;
const CERTIFICATE = { name: 'front-door', namespace: 'istio-ingress' };
const ends = series('certmanager_certificate_expiration_timestamp_seconds', CERTIFICATE);
const proxy = series('istio_agent_cert_expiry_seconds', { workload: 'api', pod: 'api-6c8d7f9b5-abcde' });

export const meshCases: readonly AlertCase[] = [
  {
    alert: 'PlaintextUnderStrict',
    severity: 'page',
    what: 'requests without mutual TLS',
    fires: { [call('istio_requests_total', 'none')]: '0+60x30' },
    at: 6,
    labels: { source_workload: 'unknown', destination_workload: 'neural-store' },
    summary: 'unknown reaches neural-store without mutual TLS, 1 times a second: a policy is not in force.',
    runbook: 'plaintext-traffic',
    quiet: { [call('istio_requests_total', 'mutual_tls')]: '0+60x30' },
  },
  {
    alert: 'PlaintextUnderStrict',
    severity: 'page',
    what: 'connections without mutual TLS, where calls are not HTTP',
    fires: { [call('istio_tcp_connections_opened_total', 'none')]: '0+60x30' },
    at: 6,
    labels: { source_workload: 'unknown', destination_workload: 'neural-store' },
    summary: 'unknown reaches neural-store without mutual TLS, 1 times a second: a policy is not in force.',
    runbook: 'plaintext-traffic',
    // What came before phase 3 is counted still, and does not grow.
    quiet: { [call('istio_tcp_connections_opened_total', 'none')]: '500x30' },
  },
  {
    alert: 'CertificateExpiring',
    severity: 'ticket',
    what: 'a certificate with six days left',
    fires: { [ends]: `${6 * DAY}x90` },
    at: 60,
    labels: CERTIFICATE,
    summary: 'The certificate istio-ingress/front-door ends in 5d 23h 0m 0s and is not renewed.',
    runbook: 'certificate-expiry',
    quiet: { [ends]: `${30 * DAY}x90` },
  },
  {
    alert: 'CertificateExpiring',
    severity: 'page',
    what: 'a certificate with less than a day left',
    fires: { [ends]: '80000x30' },
    at: 5,
    labels: CERTIFICATE,
    summary: 'The certificate istio-ingress/front-door ends in 22h 8m 20s.',
    runbook: 'certificate-expiry',
    quiet: { [ends]: `${2 * DAY}x30` },
  },
  {
    alert: 'CertificateExpiring',
    severity: 'page',
    what: 'a proxy whose certificate nobody renews',
    fires: { [proxy]: '3700-60x30' },
    at: 7,
    labels: { workload: 'api', reason: 'proxy' },
    summary: 'Proxies of api can be talked to for 54m 40s more: nobody renews their certificate.',
    runbook: 'certificate-expiry',
    // Renewed at half of its day.
    quiet: { [proxy]: '43300-60x5 86400-60x25' },
  },
];
