import { asList, asRecord, asString, at, textAt } from '../../model/manifest/access';
import type { Entry } from '../source/objects';
import type { Workload } from './workload';

/** Policies of this namespace hold for the whole mesh (the default of Istio's `rootNamespace`). */
const ROOT_NAMESPACE = 'istio-system';

/** Who calls, as far as an AuthorizationPolicy asks: undefined is anybody, without an identity. */
export type Caller = Pick<Workload, 'principal' | 'namespace'> | undefined;

/**
 * Whether AuthorizationPolicies let a caller reach a port: not where one denies it; where there is one that allows,
 * only what one of them allows. A rule that asks for a method or a path still opens the way; a denial that does is
 * no denial of the whole way.
 *
 * @param port null asks whether every port is open
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export function isAuthorized(
  target: Workload,
  caller: Caller,
  port: number | string | null,
  policies: readonly Entry[],
): boolean {
  const own = policies.filter((policy) => concerns(policy, target));
  const denies = own.filter(({ object }) => actionOf(object) === 'DENY');
  const isDenied = denies.some(({ object }) =>
    asList(at(object, 'spec', 'rules')).some((rule) => isUnconditional(rule) && matches(rule, caller, port, 'deny')),
  );
  if (isDenied) return false;
  const allows = own.filter(({ object }) => actionOf(object) === 'ALLOW');
  if (allows.length === 0) return true;
  return allows.some(({ object }) =>
    asList(at(object, 'spec', 'rules')).some((rule) => matches(rule, caller, port, 'allow')),
  );
}

/** Whether any policy says something about the workload. */
export function isGuarded(target: Workload, policies: readonly Entry[]): boolean {
  return policies.some((policy) => concerns(policy, target) && ['ALLOW', 'DENY'].includes(actionOf(policy.object)));
}

/** Identities that rules about the workload name, without patterns. */
export function namedPrincipals(target: Workload, policies: readonly Entry[]): readonly string[] {
  const sources = policies
    .filter((policy) => concerns(policy, target) && actionOf(policy.object) === 'ALLOW')
    .flatMap(({ object }) => asList(at(object, 'spec', 'rules')))
    .flatMap((rule) => asList(at(rule, 'from')));
  return sources
    .flatMap((one) => asList(at(one, 'source', 'principals')))
    .flatMap((one) => asString(one) ?? [])
    .filter((one) => !one.includes('*'));
}

/** Ports that policies about the workload name. */
export function authorizedPorts(target: Workload, policies: readonly Entry[]): readonly number[] {
  return policies
    .filter((policy) => concerns(policy, target))
    .flatMap(({ object }) => asList(at(object, 'spec', 'rules')))
    .flatMap((rule) => asList(at(rule, 'to')))
    .flatMap((to) => asList(at(to, 'operation', 'ports')))
    .map(Number)
    .filter((port) => Number.isInteger(port));
}

function concerns({ object, name }: Entry, target: Workload): boolean {
  if (name.namespace !== target.namespace && name.namespace !== ROOT_NAMESPACE) return false;
  const labels = asRecord(at(object, 'spec', 'selector', 'matchLabels')) ?? {};
  // With targetRefs a policy belongs to a waypoint or a Service, not to these pods.
  if (at(object, 'spec', 'targetRefs') !== undefined || at(object, 'spec', 'targetRef') !== undefined) return false;
  return Object.entries(labels).every(([key, value]) => target.labels[key] === value);
}

function actionOf(policy: unknown): string {
  return textAt(policy, 'spec', 'action') ?? 'ALLOW';
}

/** A rule that holds for every request of the way. */
function isUnconditional(rule: unknown): boolean {
  if (asList(at(rule, 'when')).length > 0) return false;
  const narrow = ['methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts'];
  return asList(at(rule, 'to')).every((to) => narrow.every((field) => asList(at(to, 'operation', field)).length === 0));
}

function matches(rule: unknown, caller: Caller, port: number | string | null, purpose: 'allow' | 'deny'): boolean {
  const from = asList(at(rule, 'from'));
  const to = asList(at(rule, 'to'));
  const isFrom = from.length === 0 || from.some((one) => isSource(asRecord(at(one, 'source')) ?? {}, caller, purpose));
  const isTo = to.length === 0 || to.some((one) => isPort(asRecord(at(one, 'operation')) ?? {}, port));
  return isFrom && isTo;
}

function isSource(source: Readonly<Record<string, unknown>>, caller: Caller, purpose: 'allow' | 'deny'): boolean {
  const has = (field: string): boolean => asList(source[field]).length > 0;
  // An address says nothing about a workload: assume that it may have it where the rule allows, not where it denies.
  if (has('ipBlocks') || has('remoteIpBlocks') || has('notIpBlocks') || has('notRemoteIpBlocks'))
    return purpose === 'allow';
  if (has('requestPrincipals') && purpose === 'deny') return false;
  const principal = caller?.principal ?? '';
  const namespace = caller?.namespace ?? '';
  return (
    (!has('principals') || asList(source.principals).some((one) => isLike(one, principal))) &&
    (!has('namespaces') || asList(source.namespaces).some((one) => isLike(one, namespace))) &&
    !asList(source.notPrincipals).some((one) => isLike(one, principal)) &&
    !asList(source.notNamespaces).some((one) => isLike(one, namespace))
  );
}

/** Istio's patterns: exact, `prefix*`, `*suffix`, and `*` for whatever is there. */
function isLike(pattern: unknown, value: string): boolean {
  const text = asString(pattern) ?? '';
  if (value === '') return false;
  if (text === '*') return true;
  if (text.endsWith('*')) return value.startsWith(text.slice(0, -1));
  if (text.startsWith('*')) return value.endsWith(text.slice(1));
  return value === text;
}

function isPort(operation: Readonly<Record<string, unknown>>, port: number | string | null): boolean {
  const ports = asList(operation.ports).map(String);
  const notPorts = asList(operation.notPorts).map(String);
  if (port === null) return ports.length === 0 && notPorts.length === 0;
  return (ports.length === 0 || ports.includes(String(port))) && !notPorts.includes(String(port));
}
