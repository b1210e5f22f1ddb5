import { asRecord, at, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const rule = (tls: string): string =>
  sampleObject('networking.istio.io/v1', 'DestinationRule', `host: db.example.org\ntrafficPolicy:\n  tls:\n${tls}`);

/** TLS without a look at the server's certificate, or none. */
export const destinationRuleTls: Rule = {
  id: 'destinationrule-tls',
  title: 'TLS to a destination checks who answers',
  severity: 'warning',
  why: 'Without caCertificates the proxy takes every certificate: whoever is in between reads and changes everything. DISABLE in a mesh breaks it as soon as mTLS is strict.',
  fix: 'add caCertificates or credentialName, with subjectAltNames',
  sources: ['https://istio.io/latest/docs/reference/config/analysis/ist0128/'],
  kinds: ['DestinationRule'],
  check(object, report) {
    const tls = asRecord(at(object, 'spec', 'trafficPolicy', 'tls'));
    const mode = textAt(tls, 'mode');
    const place = ['spec', 'trafficPolicy', 'tls'];
    if (mode === 'DISABLE')
      report([...place, 'mode'], 'is DISABLE: traffic is in the clear', { fix: 'leave it out inside the mesh' });
    const checks = tls && (tls.caCertificates ?? tls.credentialName ?? tls.insecureSkipVerify);
    if ((mode === 'SIMPLE' || mode === 'MUTUAL') && checks === undefined)
      report(place, `has mode ${mode} and takes every certificate`);
  },
  samples: { pass: rule('    mode: SIMPLE\n    credentialName: db-ca'), fail: rule('    mode: SIMPLE') },
};
