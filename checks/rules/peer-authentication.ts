import { asRecord, at, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

/** Mutual TLS that is off, or has holes. */
export const peerAuthentication: Rule = {
  id: 'peer-authentication',
  title: 'mutual TLS has no holes',
  severity: 'warning',
  why: 'A port without mutual TLS takes requests without identity, past every rule that asks who is calling.',
  fix: 'write STRICT, or PERMISSIVE on the way there',
  sources: ['https://istio.io/latest/docs/reference/config/security/peer_authentication/'],
  kinds: ['PeerAuthentication'],
  check(object, report) {
    if (textAt(object, 'spec', 'mtls', 'mode') === 'DISABLE') report(['spec', 'mtls', 'mode'], 'is DISABLE');
    for (const [port, mtls] of Object.entries(asRecord(at(object, 'spec', 'portLevelMtls')) ?? {})) {
      const mode = textAt(mtls, 'mode');
      if (mode === 'DISABLE' || mode === 'PERMISSIVE')
        report(['spec', 'portLevelMtls', port, 'mode'], `is ${mode} for this port`);
    }
  },
  samples: {
    pass: sampleObject('security.istio.io/v1', 'PeerAuthentication', 'mtls:\n  mode: STRICT'),
    fail: sampleObject('security.istio.io/v1', 'PeerAuthentication', 'mtls:\n  mode: DISABLE'),
  },
};
