import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeObject } from '../model/kube-object';
import type { Settings } from '../model/platform/platform';
import type { Fork } from './fork';
import type { Kubectl } from './kubectl';
import { detail } from './report';
import { standInForTheCloud } from './stand-ins';
import { DONE, still, until } from './wait';

/** The part of an Application's status that the tests read. */
export interface Status {
  readonly sync?: { readonly status?: string; readonly revision?: string };
  readonly health?: { readonly status?: string };
  readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  readonly operationState?: {
    readonly phase?: string;
    readonly message?: string;
    readonly syncResult?: {
      readonly revision?: string;
      readonly resources?: readonly {
        readonly kind: string;
        readonly name: string;
        readonly status?: string;
        readonly message?: string;
      }[];
    };
  };
}

/** Time in which an operation that can take up a new commit has done so. */
const PATIENCE_MS = 8000;

const REFRESH_EVERY_MS = 4000;

/** Argo CD on a test cluster, and the applications of the cluster that it brings up. */
export class ArgoCd {
  constructor(
    readonly kubectl: Kubectl,
    readonly settings: Settings,
    readonly cluster: string,
  ) {}

  private get namespace(): string {
    return this.settings.argocdNamespace;
  }

  /** Name of a layer's application. */
  layer(name: string): string {
    return `${this.settings.name}-${name}-${this.cluster}`;
  }

  /** The three commands of docs/argocd.md. */
  async bootstrap(fork: Fork): Promise<void> {
    const folder = `${fork.clone}/argocd/${this.cluster}/bootstrap`;
    for (const name of ['argocd-cm', 'argocd-notifications-cm']) {
      const patch = `${folder}/patches/ConfigMap_${this.namespace}_${name}.yaml`;
      await this.kubectl.run('patch', 'configmap', name, '-n', this.namespace, '--patch-file', patch);
    }
    await this.kubectl.run('apply', '-f', folder);
  }

  async status(application: string): Promise<Status> {
    const object = await this.kubectl.find(this.namespace, 'application.argoproj.io', application);
    return object?.status ?? {};
  }

  private refreshedAt = 0;

  /** Tells Argo CD to look at Git now, instead of within its polling interval. */
  async refresh(): Promise<void> {
    this.refreshedAt = Date.now();
    await this.annotate('argocd.argoproj.io/refresh=normal');
  }

  /**
   * For loops that wait: a request that comes while Argo CD is comparing is lost, and without one it holds back what it
   * can't render for three minutes, as an error that may pass.
   */
  async refreshAgain(): Promise<void> {
    if (Date.now() - this.refreshedAt >= REFRESH_EVERY_MS) await this.refresh();
  }

  private async annotate(annotation: string): Promise<void> {
    await this.kubectl.run(
      'annotate',
      'application.argoproj.io',
      '--all',
      '-n',
      this.namespace,
      '--overwrite',
      annotation,
    );
  }

  /**
   * Ends the operation of an application. Argo CD takes up no newer commit while one is being retried or waits for
   * health; docs/argocd.md has this command.
   */
  async terminate(application: string): Promise<void> {
    const patch = JSON.stringify({ operation: null, status: { operationState: { phase: 'Terminating' } } });
    await this.kubectl.run(
      'patch',
      'application.argoproj.io',
      application,
      '-n',
      this.namespace,
      '--type',
      'merge',
      '-p',
      patch,
    );
  }

  /**
   * Waits until the operations of an older commit are over, and ends those that do not end by themselves. Root first:
   * it would start the others again.
   *
   * @param revision the commit that is to be taken up.
   */
  async terminateIfStuck(revision: string): Promise<void> {
    await sleep(PATIENCE_MS);
    for (const application of this.applications()) {
      const { operationState } = await this.status(application);
      if (operationState?.phase !== 'Running' || operationState.syncResult?.revision === revision) continue;
      detail(`${application} is still at an older commit: ending its operation`);
      await this.terminate(application);
      await this.refresh();
    }
  }

  private applications(): string[] {
    return [`${this.settings.name}-root`, ...['platform', 'policy', 'workloads'].map((name) => this.layer(name))];
  }

  /**
   * Waits until every application is Synced at a commit, its last operation Succeeded, and Healthy.
   *
   * @param revision the commit; left out, any.
   */
  async settle(what: string, revision?: string, seconds = 180): Promise<void> {
    await this.refresh();
    await until(what, seconds, async () => {
      await this.refreshAgain();
      await standInForTheCloud(this.kubectl, this.settings.namespace);
      const found = await this.kubectl.list(this.namespace, 'applications.argoproj.io');
      const waits = this.applications().flatMap((name) => {
        const why = unsettled(
          found.find(({ metadata }) => metadata.name === name),
          revision,
        );
        return why === undefined ? [] : `${name} ${why}`;
      });
      if (waits.length === 0) return DONE;
      return still(waits.join(', '));
    });
  }
}

function unsettled(application: KubeObject | undefined, revision: string | undefined): string | undefined {
  if (application === undefined) return 'is not there';
  const { sync, health, operationState } = (application.status ?? {}) as Status;
  if (revision !== undefined && sync?.revision !== revision) return 'is at an older commit';
  if (sync?.status !== 'Synced') return `is ${sync?.status ?? 'not compared'}`;
  if (operationState?.phase !== undefined && operationState.phase !== 'Succeeded')
    return `syncs (${operationState.phase})`;
  return health?.status === 'Healthy' ? undefined : `is ${health?.status ?? 'without health'}`;
}
