import { asList, asNumber, asRecord } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const policy = (spec: string): string =>
  sampleObject('networking.k8s.io/v1', 'NetworkPolicy', `podSelector: {}\n${spec}`);

/** Rules of a NetworkPolicy that have no effect, or another one than they seem to. */
export const networkPolicy: Rule = {
  id: 'network-policy',
  title: 'every rule of a NetworkPolicy has the effect that it shows',
  severity: 'warning',
  why: 'Rules of a direction that policyTypes leaves out are ignored: what was meant to be closed is open.',
  fix: 'name the direction in policyTypes',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  kinds: ['NetworkPolicy'],
  check(object, report) {
    const spec = asRecord(object.spec) ?? {};
    const types = asList(spec.policyTypes).map(String);
    for (const [direction, type, peers] of [
      ['ingress', 'Ingress', 'from'],
      ['egress', 'Egress', 'to'],
    ] as const) {
      const rules = asList(spec[direction]);
      if (types.length > 0 && rules.length > 0 && !types.includes(type))
        report(['spec', direction], `is ignored: policyTypes lacks ${type}`, { fix: `add ${type} to policyTypes` });
      rules.forEach((rule, index) => {
        const fields = asRecord(rule) ?? {};
        // An absent list is the plain way to say "all"; an empty one looks like "nobody".
        if (Array.isArray(fields[peers]) && asList(fields[peers]).length === 0) {
          report(['spec', direction, index, peers], 'is empty, which allows everything', {
            fix: `remove ${peers} if that is meant, else name the peers`,
          });
        }
        asList(fields.ports).forEach((port, position) => {
          const { port: first, endPort } = asRecord(port) ?? {};
          const place = ['spec', direction, index, 'ports', position];
          if (typeof first === 'string' && /^\d+$/.test(first))
            report([...place, 'port'], `is the text "${first}", which is taken for the name of a port`, {
              severity: 'error',
              fix: `write it without quotes: ${first}`,
            });
          const last = asNumber(endPort);
          if (last === undefined) return;
          if (typeof first !== 'number')
            report([...place, 'endPort'], 'needs a port that is a number', {
              severity: 'error',
              fix: 'write port as a number',
            });
          else if (last < first)
            report([...place, 'endPort'], `is ${last}, below port ${first}`, {
              severity: 'error',
              fix: 'swap the two',
            });
        });
        asList(fields[peers]).forEach((peer, position) => {
          const { ipBlock, podSelector, namespaceSelector } = asRecord(peer) ?? {};
          const place = ['spec', direction, index, peers, position];
          if (ipBlock && (podSelector ?? namespaceSelector))
            report(place, 'has ipBlock and a selector', { severity: 'error', fix: 'make two entries of it' });
          if (!ipBlock && !podSelector && !namespaceSelector)
            report(place, 'selects nothing', {
              severity: 'error',
              fix: 'add podSelector, namespaceSelector or ipBlock',
            });
        });
      });
    }
  },
  samples: {
    pass: policy('policyTypes:\n  - Ingress\ningress:\n  - from:\n      - namespaceSelector: {}'),
    fail: policy('policyTypes:\n  - Ingress\negress:\n  - to:\n      - namespaceSelector: {}'),
  },
};
