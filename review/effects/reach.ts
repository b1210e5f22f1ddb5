import { asRecord } from '../../model/manifest/access';
import { patternOf } from '../diff/difference';
import { subjectOf } from '../diff/object-change';
import { fieldsAt, type Consequence, type EffectRule } from './consequence';

const POLICIES = new Set(['NetworkPolicy', 'AuthorizationPolicy']);
const ROUTES = new Set(['VirtualService', 'HTTPRoute', 'GRPCRoute', 'Ingress', 'Gateway', 'ServiceEntry', 'Sidecar']);
/** More names than that are counted. */
const MOST_NAMED = 3;

/** Who can call whom: policies, by what they open and close together; Services and routes, by their fields. */
export const reach: EffectRule = function* (change, around) {
  const { object } = subjectOf(change);
  const fields = fieldsAt(change, /^spec(\/|$)/);
  if (POLICIES.has(object.kind) && (fields.length > 0 || change.kind !== 'changed')) {
    yield policyChange(fields, around.reachability);
  }
  if (object.kind === 'Service') yield* service(change);
  if (ROUTES.has(object.kind) && fields.length > 0) {
    const isHost = fields.some(({ steps }) => /(^|\/)(hosts?|servers|gateways|tls|rules)(\/|$)/.test(patternOf(steps)));
    const reason = isHost
      ? 'answers to other names or at other entrances'
      : 'calls go another way, or fail at another moment';
    yield { effect: 'reach', risk: 'medium', reason, fields };
  }
};

function policyChange(
  fields: Consequence['fields'],
  { added, removed, notes }: Parameters<EffectRule>[1]['reachability'],
): Consequence {
  const list = (edges: typeof added): string => {
    const named = edges
      .slice(0, MOST_NAMED)
      .map(({ from, to, port }) => `${from} → ${to}${port === null ? '' : `:${port}`}`);
    const rest = edges.length - named.length;
    return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  };
  const isWide = added.some(({ from }) => from === 'anywhere' || from.startsWith('every pod'));
  const isClosed = notes.some((note) => note.includes('from now on only what is listed is open'));
  const parts = [
    ...(isClosed ? ['only what policies list may be called from now on'] : []),
    ...(added.length > 0 ? [`opens ${list(added)}`] : []),
    ...(removed.length > 0 && !isClosed ? [`closes ${list(removed)}`] : []),
  ];
  if (parts.length === 0) return { effect: 'reach', risk: 'low', reason: 'no way of a call opens or closes', fields };
  const risk = isWide || removed.length > 0 ? 'high' : 'medium';
  return { effect: 'reach', risk, reason: `the policies of this change: ${parts.join('; ')}`, fields };
}

function* service(change: Parameters<EffectRule>[0]): Iterable<Consequence> {
  for (const field of fieldsAt(change, /^spec\/type$/)) {
    if (field.after === 'LoadBalancer' || field.after === 'NodePort') {
      yield {
        effect: 'reach',
        risk: 'high',
        reason: `is open to the outside of the cluster (${field.after})`,
        fields: [field],
      };
    } else {
      yield { effect: 'reach', risk: 'medium', reason: 'has another kind of address', fields: [field] };
    }
  }
  const selector = fieldsAt(change, /^spec\/selector(\/|$)/);
  if (selector.length > 0) {
    yield { effect: 'reach', risk: 'high', reason: 'sends calls to other pods', fields: selector };
  }
  const ports = fieldsAt(change, /^spec\/ports(\/|$)/);
  if (ports.length > 0) {
    const isGone = ports.some(({ after, before, steps }) => {
      const isWhole = patternOf(steps) === 'spec/ports/*' && (after ?? undefined) === undefined && asRecord(before);
      return Boolean(isWhole) || patternOf(steps) === 'spec/ports/*/port';
    });
    const reason = isGone ? 'a port that callers use is gone' : 'other ports';
    yield { effect: 'reach', risk: isGone ? 'high' : 'medium', reason, fields: ports };
  }
  if (change.head?.object.kind === 'Service' && change.kind === 'added') {
    const type = asRecord(change.head.object.spec)?.type;
    if (type === 'LoadBalancer' || type === 'NodePort') {
      yield {
        effect: 'reach',
        risk: 'high',
        reason: `opens an entrance from outside of the cluster (${type})`,
        fields: [],
      };
    }
  }
}
