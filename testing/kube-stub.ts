import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { groupOf, type KubeObject } from '../model/kube-object';
import { LiveCluster } from '../rollout/cluster/live-cluster';

/** One request that the stub has answered. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Kinds that every stub serves, by version; others by `serve`. */
const BUILT_IN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: {
    Namespace: 'namespaces',
    Pod: 'pods',
    Event: 'events',
    Node: 'nodes',
    Service: 'services',
    ConfigMap: 'configmaps',
  },
  'apps/v1': { Deployment: 'deployments', StatefulSet: 'statefulsets' },
  'autoscaling/v2': { HorizontalPodAutoscaler: 'horizontalpodautoscalers' },
  'coordination.k8s.io/v1': { Lease: 'leases' },
  'authorization.k8s.io/v1': { SelfSubjectAccessReview: 'selfsubjectaccessreviews' },
  'storage.k8s.io/v1': { StorageClass: 'storageclasses' },
  'scheduling.k8s.io/v1': { PriorityClass: 'priorityclasses' },
};

const CLUSTER_SCOPED = new Set(['Namespace', 'Node', 'StorageClass', 'PriorityClass', 'SelfSubjectAccessReview']);

/** An API server of a few objects, over HTTP like a real one: reads, merge patches, and Leases with their conflicts. */
export class KubeStub {
  readonly calls: Call[] = [];
  /** Rights that are refused, as `verb resource`. */
  readonly refused = new Set<string>();
  version = 'v1.28.15';
  /** Is told of every patch of an object that is there; a controller that acts on it. */
  onPatch: (path: string, body: unknown) => void = () => undefined;
  /** Answers with this status instead, so many times. */
  failures = { status: 503, times: 0 };
  private readonly kinds = new Map(Object.entries(BUILT_IN).map(([version, kinds]) => [version, { ...kinds }]));
  private readonly objects = new Map<string, KubeObject>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
  }

  static async start(): Promise<KubeStub> {
    const stub = new KubeStub();
    await new Promise<void>((resolve) => stub.server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }

  /** Address for another process. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The cluster as commands see it, with a token that must show up nowhere. */
  connect(seconds = 0, onSilence: () => void = () => undefined): LiveCluster {
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: 'stub', server: this.url, skipTLSVerify: true },
      { name: 'stub', token: 'a-secret-token' },
    );
    return LiveCluster.connect(undefined, { seconds, onSilence }, config);
  }

  /** Serves one more kind. */
  serve(apiVersion: string, kind: string, plural: string): this {
    this.kinds.set(apiVersion, { ...this.kinds.get(apiVersion), [kind]: plural });
    return this;
  }

  put(...objects: readonly KubeObject[]): this {
    for (const object of objects) this.objects.set(this.pathOf(object), object);
    return this;
  }

  private pathOf({ apiVersion, kind, metadata }: KubeObject): string {
    const plural = this.kinds.get(apiVersion)?.[kind] ?? `${kind.toLowerCase()}s`;
    const root = groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
    const where = CLUSTER_SCOPED.has(kind) ? '' : `/namespaces/${metadata.namespace ?? 'default'}`;
    return `${root}${where}/${plural}/${metadata.name}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = (request.url ?? '').split('?')[0] ?? '';
    const method = request.method ?? '';
    this.calls.push({ method, path, body });
    const send = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (this.failures.times > 0) {
      this.failures.times -= 1;
      send(this.failures.status, { message: 'not now' });
      return;
    }
    if (path === '/version' || path === '/version/') {
      send(200, { gitVersion: this.version, major: '1', minor: '28' });
      return;
    }
    const discovered = this.kinds.get(path.replace(/^\/apis?\//, ''));
    if (discovered !== undefined) {
      send(200, { kind: 'APIResourceList', groupVersion: '', resources: resourcesOf(discovered) });
      return;
    }
    if (/^\/apis\/[^/]+\/[^/]+$/.test(path)) {
      send(404, { message: 'the server could not find the requested resource' });
      return;
    }
    if (path.endsWith('/selfsubjectaccessreviews')) {
      const { verb, resource } = (body as { spec: { resourceAttributes: Record<string, string> } }).spec
        .resourceAttributes;
      send(201, { ...(body as object), status: { allowed: !this.refused.has(`${verb ?? ''} ${resource ?? ''}`) } });
      return;
    }
    send(...this.store(method, path, body));
  }

  private store(method: string, path: string, body: unknown): [number, unknown] {
    const found = this.objects.get(path);
    const missing: [number, unknown] = [404, { message: `${path} not found` }];
    if (method === 'POST') {
      const object = body as KubeObject;
      const target = `${path}/${object.metadata.name}`;
      if (this.objects.has(target)) return [409, { message: 'already exists' }];
      this.objects.set(target, versioned(object, '1'));
      return [201, this.objects.get(target)];
    }
    if (method === 'PUT') {
      if (found === undefined) return missing;
      const { resourceVersion } = (body as KubeObject).metadata as { resourceVersion?: string };
      const current = (found.metadata as { resourceVersion?: string }).resourceVersion;
      if (resourceVersion !== current) return [409, { message: 'the object has been modified' }];
      this.objects.set(path, versioned(body as KubeObject, String(Number(current) + 1)));
      return [200, this.objects.get(path)];
    }
    if (method === 'PATCH') {
      if (found === undefined) return missing;
      this.onPatch(path, body);
      return [200, this.objects.get(path)];
    }
    if (found !== undefined) return [200, found];
    const items = [...this.objects].filter(([name]) => isBelow(name, path)).map(([, object]) => object);
    return items.length === 0 && /\/namespaces\/[^/]+\/[^/]+\/[^/]+$|\/namespaces\/[^/]+$|classes\/[^/]+$/.test(path)
      ? missing
      : [200, { kind: 'List', apiVersion: 'v1', metadata: {}, items }];
  }
}

/** A list of one namespace holds its own, a list of none those of all namespaces. */
function isBelow(name: string, list: string): boolean {
  if (name.slice(0, name.lastIndexOf('/')) === list) return true;
  return (
    !list.includes('/namespaces/') &&
    name
      .replace(/\/namespaces\/[^/]+/, '')
      .slice(0, name.length)
      .startsWith(`${list}/`)
  );
}

function resourcesOf(kinds: Readonly<Record<string, string>>): object[] {
  return Object.entries(kinds).map(([kind, name]) => ({
    kind,
    name,
    namespaced: !CLUSTER_SCOPED.has(kind),
    singularName: '',
    verbs: [],
  }));
}

function versioned(object: KubeObject, resourceVersion: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}
