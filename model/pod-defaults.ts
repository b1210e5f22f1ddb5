import type { KubeObject } from './kube-object';
import { asList, asRecord, asString, at, textAt } from './manifest/access';
import { podResources, type ContainerResources, type PodTemplate, type Resources } from './pod-requests';

/** What a namespace adds to the pods that are made in it, though no manifest of theirs shows it. */
export interface NamespaceDefaults {
  /** Istio puts a proxy into its pods. */
  readonly injected: boolean;
  /** Requests and limits of containers that have none of their own (LimitRange). */
  readonly container: { readonly requests: Amounts; readonly limits: Amounts };
}

type Amounts = Readonly<Record<string, string>>;

const NO_DEFAULTS: NamespaceDefaults = { injected: false, container: { requests: {}, limits: {} } };

/** Annotations of a pod that size the proxy beside it. */
const PROXY = {
  requests: { cpu: 'sidecar.istio.io/proxyCPU', memory: 'sidecar.istio.io/proxyMemory' },
  limits: { cpu: 'sidecar.istio.io/proxyCPULimit', memory: 'sidecar.istio.io/proxyMemoryLimit' },
} as const;

/**
 * What istiod gives a proxy that no annotation sizes: 100m and 128Mi requested, 2 cores and 1 GiB at most.
 *
 * @see https://istio.io/latest/docs/ops/deployment/performance-and-scalability/ and istio/istio#47084
 */
const MESH_DEFAULT: ContainerResources = {
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2', memory: '1Gi' } },
};

/** Reads the namespaces and limit ranges among the objects, by the name of the namespace. */
export function namespaceDefaults(objects: readonly KubeObject[]): ReadonlyMap<string, NamespaceDefaults> {
  const found = new Map<string, NamespaceDefaults>();
  for (const { kind, metadata, spec } of objects) {
    if (kind === 'Namespace') {
      const before = found.get(metadata.name) ?? NO_DEFAULTS;
      found.set(metadata.name, { ...before, injected: injectsByLabel(metadata.labels ?? {}) });
    } else if (kind === 'LimitRange') {
      const limit = asList(at(spec, 'limits')).find((entry) => textAt(entry, 'type') === 'Container');
      const before = found.get(metadata.namespace ?? '') ?? NO_DEFAULTS;
      const limits = amounts(at(limit, 'default'));
      // The API server takes the default limit as the default request too.
      const requests = { ...limits, ...amounts(at(limit, 'defaultRequest')) };
      found.set(metadata.namespace ?? '', { ...before, container: { requests, limits } });
    }
  }
  return found;
}

/**
 * What the scheduler sets aside for a pod made from this template: its containers as the namespace completes them,
 * and the proxy that Istio injects, which no manifest shows.
 *
 * @throws QuantityError where an amount is no quantity.
 */
export function templateResources(template: PodTemplate, namespace: NamespaceDefaults = NO_DEFAULTS): Resources {
  const spec = template.spec ?? {};
  const complete = (container: ContainerResources): ContainerResources => withDefaults(container, namespace.container);
  const proxy = injectedProxy(template, namespace);
  // A proxy is a sidecar that starts first: it runs beside the init containers too.
  return podResources({
    ...spec,
    initContainers: [...(proxy ? [complete(proxy)] : []), ...(spec.initContainers ?? []).map(complete)],
    containers: (spec.containers ?? []).map(complete),
  });
}

/** The proxy that Istio would add to the pod; undefined where it adds none, or where the template has it already. */
function injectedProxy(template: PodTemplate, namespace: NamespaceDefaults): ContainerResources | undefined {
  const { labels = {}, annotations = {} } = template.metadata ?? {};
  const wish = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  const spec = template.spec ?? {};
  const all = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  if (wish === 'false' || spec.hostNetwork === true || all.some(({ name }) => name === 'istio-proxy')) return undefined;
  const sized = (keys: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(keys).flatMap(([resource, key]) => {
        const value = annotations[key];
        return value === undefined ? [] : [[resource, value]];
      }),
    );
  const resources = { requests: sized(PROXY.requests), limits: sized(PROXY.limits) };
  const isSized = Object.keys(resources.requests).length + Object.keys(resources.limits).length > 0;
  if (!isSized && !namespace.injected && wish !== 'true' && !injectsByLabel(labels)) return undefined;
  // One annotation takes the defaults of all four away (istio/istio#35905).
  return { ...(isSized ? { resources } : MESH_DEFAULT), restartPolicy: 'Always' };
}

function injectsByLabel(labels: Readonly<Record<string, string>>): boolean {
  const injection = labels['istio-injection'];
  if (injection !== undefined) return injection === 'enabled';
  return labels['istio.io/rev'] !== undefined;
}

function withDefaults(container: ContainerResources, defaults: NamespaceDefaults['container']): ContainerResources {
  const own = container.resources ?? {};
  // A limit of the container's own is its request too, so the namespace's request is not needed there.
  const requests = { ...defaults.requests, ...own.limits, ...own.requests };
  return { ...container, resources: { requests, limits: { ...defaults.limits, ...own.limits } } };
}

function amounts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asRecord(value) ?? {}).flatMap(([name, amount]) => {
      const text = typeof amount === 'number' ? String(amount) : asString(amount);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}
