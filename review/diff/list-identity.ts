import { asString, at } from '../../model/manifest/access';
import type { SchemaNode } from '../../model/schema/types';

/** How the items of a list are told apart, and whether their order says something. */
export interface ListIdentity {
  /** Fields that name an item; absent where the whole item is its identity. */
  readonly keys?: readonly string[];
  readonly isOrdered: boolean;
}

/**
 * Lists whose order the API gives a meaning: run order, argument order, first match wins. The last keys of the
 * path decide, list items left out.
 */
const ORDERED =
  /(^|\/)(initContainers|command|args|envFrom|configPatches|groups\/rules|steps|searches|nameservers|spec\/(http|tcp|tls))$/;

/** Lists that the API takes as sets although its schema does not say so. */
const SETS = new RegExp(
  `(^|/)(${[
    // Scheduling and scaling
    ...['tolerations', 'metrics', 'policies', 'matchExpressions', 'matchFields', 'nodeSelectorTerms', 'triggers'],
    ...['preferredDuringSchedulingIgnoredDuringExecution', 'requiredDuringSchedulingIgnoredDuringExecution'],
    ...['add', 'drop', 'accessModes', 'finalizers', 'readinessGates'],
    // Network and access
    ...['ingress', 'egress', 'from', 'to', 'when', 'policyTypes', 'except', 'sourceRanges', 'loadBalancerSourceRanges'],
    ...['rules', 'verbs', 'resources', 'apiGroups', 'resourceNames', 'nonResourceURLs', 'subjects', 'operations'],
    ...['apiVersions', 'namespaces', 'notNamespaces', 'principals', 'notPrincipals', 'requestPrincipals', 'ipBlocks'],
    ...['remoteIpBlocks', 'methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts', 'ports', 'notPorts'],
    ...['values', 'notValues', 'exportTo', 'gateways', 'selectors', 'matchNames', 'match', 'route', 'sourceNamespaces'],
    // Argo CD and definitions of resources
    ...['syncOptions', 'ignoreDifferences', 'jsonPointers', 'jqPathExpressions', 'sourceRepos', 'destinations'],
    ...['clusterResourceWhitelist', 'namespaceResourceWhitelist', 'clusterResourceBlacklist', 'required', 'enum'],
    ...['shortNames', 'categories', 'endpoints', 'podMetricsEndpoints', 'secrets', 'imagePullSecrets'],
  ].join('|')})$`,
);

/** Lists inside a pod template that have a key where no schema is at hand, as in a foreign kind of workload. */
const KEYED: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  ownerReferences: ['uid'],
  containerPolicies: ['containerName'],
  groups: ['name'],
  subsets: ['name'],
  webhooks: ['name'],
  versions: ['name'],
  servers: ['port.number'],
};

/** What a list's items are called by where nothing is known about it. */
const GUESSED_KEYS = ['name', 'id', 'key'] as const;

/**
 * The identity of a list's items: the schema's own keys first, then what the API is known to do. In a list that
 * nothing is known about, order counts: a difference too many is better than one too few.
 *
 * @param pattern keys from the top, list items left out, joined by slashes
 */
export function identityOfList(
  pattern: string,
  node: SchemaNode | undefined,
  before: readonly unknown[],
  after: readonly unknown[],
): ListIdentity {
  const isOrdered = ORDERED.test(pattern) || usesEarlierVariables(pattern, before, after);
  const last = pattern.slice(pattern.lastIndexOf('/') + 1);
  const known = node?.keys ?? (Object.hasOwn(KEYED, last) ? KEYED[last] : undefined);
  const both = [before, after];
  if (known && both.every((items) => namesItems(items, known))) return { keys: known, isOrdered };
  if (isOrdered) return { isOrdered };
  if (node?.set === true || SETS.test(pattern)) return { isOrdered: false };
  const guessed = GUESSED_KEYS.find((key) => both.every((items) => namesItems(items, [key])));
  return { ...(guessed !== undefined && { keys: [guessed] }), isOrdered: true };
}

/** A variable may use those that stand before it, and of two with one name the last wins. */
function usesEarlierVariables(pattern: string, before: readonly unknown[], after: readonly unknown[]): boolean {
  if (!/(^|\/)env$/.test(pattern)) return false;
  const items = [...before, ...after];
  const isRepeated = [before, after].some((list) => new Set(list.map((item) => at(item, 'name'))).size < list.length);
  return isRepeated || items.some((item) => asString(at(item, 'value')) ?? ''.includes('$('));
}

/** True where the keys name every item, each once. A port's protocol may be left out. */
function namesItems(items: readonly unknown[], keys: readonly string[]): boolean {
  const seen = new Set<string>();
  for (const item of items) {
    if (typeof item !== 'object' || item === null) return false;
    const values = keys.map((key) => keyOf(item, key));
    if (values.includes(undefined)) return false;
    const id = values.map(String).join('\n');
    if (seen.has(id)) return false;
    seen.add(id);
  }
  return true;
}

/** A key of an item as text or number; the one key with a default is the protocol of a port. */
export function keyOf(item: unknown, key: string): unknown {
  const value = at(item, ...key.split('.'));
  if (value === undefined && key === 'protocol') return 'TCP';
  return typeof value === 'object' ? undefined : value;
}
