import { asList, asRecord, at, shown, textAt } from '../../model/manifest/access';
import { patternOf, type Difference } from '../diff/difference';
import { subjectOf } from '../diff/object-change';
import { fieldsAt, type Consequence, type EffectRule } from './consequence';

/** Modes of mutual TLS and of a destination's TLS, the strictest first. */
const MTLS = ['STRICT', 'PERMISSIVE', 'DISABLE'];
const CLIENT_TLS = ['ISTIO_MUTUAL', 'MUTUAL', 'SIMPLE', 'DISABLE'];
const SERVER_TLS = ['MUTUAL', 'ISTIO_MUTUAL', 'SIMPLE', 'OPTIONAL_MUTUAL', 'PASSTHROUGH'];
const POD_SECURITY = ['restricted', 'baseline', 'privileged'];
const PROTOCOLS = ['TLSV1_3', 'TLSV1_2', 'TLS_AUTO', 'TLSV1_1', 'TLSV1_0'];

/** TLS and namespaces' guards that fall. */
export const weakerNetwork: EffectRule = function* (change) {
  const { object } = subjectOf(change);
  switch (object.kind) {
    case 'PeerAuthentication':
      for (const field of fieldsAt(change, /(mtls|portLevelMtls)(\/|$)/)) {
        if (isLower(MTLS, modeOf(field.before), modeOf(field.after)))
          yield weaker('plain text is accepted where mutual TLS was required', field);
      }
      break;
    case 'DestinationRule':
      for (const field of fieldsAt(change, /(^|\/)tls(\/mode)?$/)) {
        if (isLower(CLIENT_TLS, modeOf(field.before), modeOf(field.after)))
          yield weaker('calls are encrypted less', field);
      }
      break;
    case 'Gateway':
      for (const field of fieldsAt(change, /(^|\/)tls(\/|$)/)) {
        const isWeaker =
          isLower(SERVER_TLS, modeOf(field.before), modeOf(field.after)) ||
          isLower(PROTOCOLS, field.before, field.after) ||
          (patternOf(field.steps).endsWith('tls/httpsRedirect') && field.before === true);
        if (isWeaker) yield weaker('the entrance is encrypted less', field);
      }
      break;
    case 'Ingress':
      for (const field of fieldsAt(change, /^spec\/tls(\/\*)?$/)) {
        if (asList(field.after).length === 0 && !asRecord(field.after))
          yield weaker('a host is served without TLS', field);
      }
      break;
    case 'Namespace':
      for (const field of fieldsAt(
        change,
        /^metadata\/labels\/(pod-security\.kubernetes\.io\/enforce|istio-injection|istio\.io\/rev)$/,
      )) {
        const isSecurity = patternOf(field.steps).includes('pod-security');
        if (isSecurity && isLower(POD_SECURITY, field.before, field.after ?? 'privileged')) {
          yield weaker(`pods of the level ${shown(field.after ?? 'privileged')} are let in`, field);
        }
        if (!isSecurity && (field.after === undefined || field.after === 'disabled')) {
          yield weaker('new pods are outside the mesh: no mutual TLS, no authorization', field);
        }
      }
      break;
    default:
  }
  for (const field of fieldsAt(change, /(insecureSkipVerify|insecureSkipTLSVerify|insecure_skip_verify|insecure)$/)) {
    if (field.after === true) yield weaker('certificates are not verified', field);
  }
  if (/^(Cluster)?Role$/.test(object.kind)) yield* rights(change);
};

function* rights(change: Parameters<EffectRule>[0]): Iterable<Consequence> {
  const fields = fieldsAt(change, /^rules(\/|$)/).filter(({ after }) => after !== undefined && after !== null);
  if (fields.length === 0) return;
  const isAll = fields.some(({ after }) => JSON.stringify(after).includes('"*"'));
  const isDangerous = fields.some(({ after }) =>
    /"(secrets|escalate|bind|impersonate|pods\/exec)"/.test(JSON.stringify(after)),
  );
  const reason = isAll
    ? 'grants everything (*)'
    : isDangerous
      ? 'grants rights that lead to others (secrets, exec, escalate)'
      : 'grants more rights';
  yield { effect: 'weaker', risk: isAll || isDangerous ? 'high' : 'medium', reason, fields };
}

/** The mode itself, or that of a map with a mode; an absent one is what the schema calls the default. */
function modeOf(value: unknown): unknown {
  return asRecord(value) ? (textAt(value, 'mode') ?? at(value, 'mtls', 'mode')) : value;
}

function isLower(order: readonly string[], before: unknown, after: unknown): boolean {
  const [one, other] = [order.indexOf(String(before)), order.indexOf(String(after))];
  // What is gone falls to whatever holds outside: looser than the strictest.
  if (after === undefined || after === null) return one === 0;
  return one >= 0 && other > one;
}

function weaker(reason: string, field: Difference): Consequence {
  return { effect: 'weaker', risk: 'high', reason, fields: [field] };
}
