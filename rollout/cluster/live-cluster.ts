import {
  ApiException,
  createConfiguration,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  ServerConfiguration,
  VersionApi,
  type KubernetesObject,
} from '@kubernetes/client-node';
import type { KubeObject } from '../../model/kube-object';
import { CannotRollOut } from '../problem';
import { field, textField } from './field';
import { PatientCalls, type Patience } from './patience';

/** Narrows a list; both are the API server's own selectors. */
export interface Narrowed {
  readonly labels?: string;
  readonly fields?: string;
}

/** One right, as a SelfSubjectAccessReview asks for it. */
export interface Attributes {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** Most objects in one answer of a list; more come in pages. */
const PAGE = 500;

/** `resource` also says whether a kind is served at all. */
class ObjectApi extends KubernetesObjectApi {
  async serves(apiVersion: string, kind: string): Promise<boolean> {
    try {
      return (await this.resource(apiVersion, kind)) !== undefined;
    } catch (error) {
      if (error instanceof ApiException && error.code === 404) return false;
      throw error;
    }
  }
}

/**
 * A cluster behind one context of the kubeconfig. It reads; its writes are those that `model/rollout-access.ts` lists.
 * Every call is repeated while the API server does not answer, within the given patience.
 */
export class LiveCluster {
  private constructor(
    private readonly config: KubeConfig,
    private readonly api: ObjectApi,
    private readonly calls: PatientCalls,
  ) {}

  /**
   * @param context name of a context; left out, the current one.
   * @throws CannotRollOut where there is no such context.
   */
  static connect(context: string | undefined, patience: Patience, config = loadKubeConfig()): LiveCluster {
    const known = config.getContexts().map(({ name }) => name);
    if (context !== undefined) {
      if (!known.includes(context)) {
        throw new CannotRollOut(
          `the kubeconfig has no context "${context}"`,
          known.length === 0 ? 'set KUBECONFIG to a file with contexts' : `one of ${known.join(', ')}`,
        );
      }
      config.setCurrentContext(context);
    }
    if (config.getCurrentCluster() === null) {
      throw new CannotRollOut(
        'the kubeconfig has no current context, so no cluster is meant',
        known.length === 0 ? 'set KUBECONFIG to a file with contexts' : `--context with one of ${known.join(', ')}`,
      );
    }
    return new LiveCluster(config, makeApi(config), new PatientCalls(patience));
  }

  /** Contexts of the kubeconfig; empty where there is none. */
  static contexts(config = loadKubeConfig()): string[] {
    return config.getContexts().map(({ name }) => name);
  }

  get context(): string {
    return this.config.getCurrentContext();
  }

  /** Address of the API server. */
  get server(): string {
    return this.config.getCurrentCluster()?.server ?? '';
  }

  /** Version of the API server: `v1.28.15`. */
  async version(): Promise<string> {
    return this.call('its version', async () => (await this.config.makeApiClient(VersionApi).getCode()).gitVersion);
  }

  serves(apiVersion: string, kind: string): Promise<boolean> {
    return this.call(`whether it serves ${kind}`, () => this.api.serves(apiVersion, kind));
  }

  /** One object; undefined where it is not there, or its kind is not served. */
  find(apiVersion: string, kind: string, name: string, namespace?: string): Promise<KubeObject | undefined> {
    return this.call(`${kind} ${name}`, async () => {
      if (!(await this.api.serves(apiVersion, kind))) return undefined;
      const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
      try {
        return plain(await this.api.read({ apiVersion, kind, metadata }), apiVersion, kind);
      } catch (error) {
        if (error instanceof ApiException && error.code === 404) return undefined;
        throw error;
      }
    });
  }

  /** All objects of a kind, in one namespace or all; none where the kind is not served. */
  list(apiVersion: string, kind: string, namespace?: string, narrowed: Narrowed = {}): Promise<KubeObject[]> {
    return this.call(`the list of ${kind}`, async () => {
      if (!(await this.api.serves(apiVersion, kind))) return [];
      const found: KubeObject[] = [];
      let next: string | undefined;
      do {
        const page = await this.api.list(
          ...([apiVersion, kind, namespace, undefined, undefined, undefined] as const),
          ...([narrowed.fields, narrowed.labels, PAGE, next] as const),
        );
        found.push(...page.items.map((item) => plain(item, apiVersion, kind)));
        next = textField(page, 'metadata', '_continue') ?? textField(page, 'metadata', 'continue');
      } while (next !== undefined && next !== '');
      return found;
    });
  }

  /** Whether we have a right; anybody may ask that of himself. */
  async may({ group, resource, verb, namespace, name }: Attributes): Promise<boolean> {
    const resourceAttributes = { group, resource, verb, namespace, name };
    const review = await this.create({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      metadata: { name: '' },
      spec: { resourceAttributes },
    });
    return field(review, 'status', 'allowed') === true;
  }

  /** Tells Argo CD to look at Git now. */
  async refresh(namespace: string, application: string): Promise<void> {
    const annotations = { 'argocd.argoproj.io/refresh': 'normal' };
    await this.patch(namespace, application, { metadata: { annotations } });
  }

  /**
   * Ends the operation of an application, whatever it waits for. Argo CD then takes up the newest commit.
   *
   * @see docs/argocd.md, "When a sync is stuck"
   */
  async terminate(namespace: string, application: string): Promise<void> {
    await this.patch(namespace, application, {
      operation: null,
      status: { operationState: { phase: 'Terminating' } },
    });
  }

  /** Creates an object; undefined where one of that name is there. */
  create(object: KubeObject): Promise<KubeObject | undefined> {
    return this.write(`${object.kind} ${object.metadata.name}`, () => this.api.create(object));
  }

  /** Replaces an object as it was read; undefined where somebody has changed it meanwhile. */
  replace(object: KubeObject): Promise<KubeObject | undefined> {
    return this.write(`${object.kind} ${object.metadata.name}`, () => this.api.replace(object));
  }

  private write(what: string, send: () => Promise<KubernetesObject>): Promise<KubeObject | undefined> {
    return this.call(what, async () => {
      try {
        return JSON.parse(JSON.stringify(await send())) as KubeObject;
      } catch (error) {
        if (error instanceof ApiException && error.code === 409) return undefined;
        throw error;
      }
    });
  }

  private patch(namespace: string, name: string, body: object): Promise<unknown> {
    const metadata = { ...(field(body, 'metadata') as object | undefined), name, namespace };
    const target = { ...body, apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata };
    return this.call(`Application ${name}`, () =>
      this.api.patch(target, undefined, undefined, 'aia-rollout', undefined, PatchStrategy.MergePatch),
    );
  }

  private async call<T>(what: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await this.calls.make(what, ask);
    } catch (error) {
      throw this.explained(what, error);
    }
  }

  private explained(what: string, error: unknown): unknown {
    if (error instanceof CannotRollOut) return error;
    const where = `${this.context} (${this.server})`;
    if (!(error instanceof ApiException)) {
      const reason = error instanceof Error ? error.message : String(error);
      return new CannotRollOut(
        `no answer from ${where} about ${what}: ${reason}`,
        `kubectl --context ${this.context} get --raw /readyz shows whether it can be reached`,
        { cause: error },
      );
    }
    const said = messageOf(error);
    if (error.code === 401)
      return new CannotRollOut(`${where} does not know you: ${said}`, 'log in again: the token may have run out');
    if (error.code === 403)
      return new CannotRollOut(
        `${where} does not allow to read or write ${what}: ${said}`,
        'aia preflight lists the rights that are missing; docs/rollout.md, "Rights", says how to give them',
      );
    return new CannotRollOut(`${where} refuses ${what}: ${said}`, 'see the message of the API server');
  }
}

function messageOf({ body, code }: ApiException<unknown>): string {
  const parsed: unknown = typeof body === 'string' ? safeParse(body) : body;
  return textField(parsed, 'message') ?? `HTTP ${code}`;
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function loadKubeConfig(): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromDefault();
  } catch (error) {
    // Not the library's own message: it may quote the file.
    throw new CannotRollOut(
      `the kubeconfig can't be read (${error instanceof Error ? error.name : 'unknown error'})`,
      'kubectl config view shows what is wrong with it; set KUBECONFIG to another file',
    );
  }
  // Where there is no file the library assumes an API server on this machine; nobody means that one.
  if (config.getCurrentCluster()?.server === 'http://localhost:8080') return new KubeConfig();
  return config;
}

function makeApi(config: KubeConfig): ObjectApi {
  const baseServer = new ServerConfiguration(config.getCurrentCluster()?.server ?? '', {});
  return new ObjectApi(createConfiguration({ baseServer, authMethods: { default: config } }));
}

/** As the API server writes it: dates are text. Items of a list say neither version nor kind. */
function plain(object: unknown, apiVersion: string, kind: string): KubeObject {
  const data = JSON.parse(JSON.stringify(object)) as KubeObject;
  return { ...data, apiVersion, kind };
}
