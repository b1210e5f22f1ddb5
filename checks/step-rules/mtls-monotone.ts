import { at, textAt } from '../../model/manifest/access';
import { sampleObject } from '../samples';
import type { StepRule } from '../set-rule';
import { samplePhases } from './samples';

/** The mode of mutual TLS, from open to closed. */
const MODES = ['DISABLE', 'PERMISSIVE', 'STRICT'];
const peers = (mode: string): string =>
  sampleObject('security.istio.io/v1', 'PeerAuthentication', `mtls:\n  mode: ${mode}`);

/** Mutual TLS that a later phase takes back. */
export const mtlsMonotone: StepRule = {
  id: 'mtls-monotone',
  title: 'no phase takes back the mutual TLS of the phase before',
  severity: 'error',
  why: 'Who relies on knowing the caller is open to everybody from that phase on.',
  fix: 'keep the mode, or a stricter one',
  sources: ['https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/'],
  checkStep({ from, to, before, after }, report) {
    for (const [identity, member] of before) {
      if (member.object.kind !== 'PeerAuthentication') continue;
      const next = after.get(identity);
      const was = textAt(member.object, 'spec', 'mtls', 'mode') ?? 'PERMISSIVE';
      if (!next) {
        if (was === 'STRICT') report(member, ['spec', 'mtls', 'mode'], `is STRICT, and ${to} has no such policy`);
        continue;
      }
      const is = textAt(next.object, 'spec', 'mtls', 'mode') ?? 'PERMISSIVE';
      if (MODES.indexOf(is) < MODES.indexOf(was))
        report(next, ['spec', 'mtls', 'mode'], `is ${is}, and was ${was} in ${from}`);
      for (const port of Object.keys(at(next.object, 'spec', 'portLevelMtls') ?? {}))
        if (at(member.object, 'spec', 'portLevelMtls', port) === undefined && was === 'STRICT')
          report(next, ['spec', 'portLevelMtls', port], `is an exception that ${from} does not have`);
    }
  },
  samples: {
    pass: samplePhases(peers('PERMISSIVE'), peers('STRICT')),
    fail: samplePhases(peers('STRICT'), peers('PERMISSIVE')),
  },
};
