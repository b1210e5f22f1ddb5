import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './command';
import { Kubectl } from './kubectl';
import { CannotRun } from './problem';
import { detail } from './report';
import { isInstalled, requireTools } from './tools';

export type Version = 'floor' | 'current';

/** A cluster to test on. */
export interface TestCluster {
  readonly kubectl: Kubectl;
  /** `own`: the user's, by KUBECONFIG; `started`: ours, which goes with everything on it. */
  readonly kind: 'own' | 'started';
  /** Synchronous, since it must also work while the process is being ended. */
  readonly stop: () => void;
}

const ROOT = path.join(__dirname, '..');
const SCRIPTS = path.resolve(ROOT, process.env.AIA_CLUSTER_SCRIPTS ?? '../shared/cluster');

/** Starts a control plane with Argo CD and the given nodes, or takes the one that KUBECONFIG names. */
export async function openCluster(version: Version, nodes: string, keep: boolean): Promise<TestCluster> {
  const kubeconfig = process.env.KUBECONFIG ?? '';
  return kubeconfig === '' ? startCluster(version, nodes, keep) : useCluster(kubeconfig, nodes);
}

async function startCluster(version: Version, nodes: string, keep: boolean): Promise<TestCluster> {
  if (!existsSync(path.join(SCRIPTS, 'up'))) {
    throw new CannotRun(
      'no cluster to test on: KUBECONFIG is not set, and the scripts that start a test cluster are not here',
      'create one with kind and kwok, as docs/local.md says, and set KUBECONFIG to it',
    );
  }
  requireTools(['zstd', 'openssl', 'python3', 'redis-server']);
  const work = mkdtempSync(path.join(os.tmpdir(), 'aia-e2e-cluster-'));
  const stop = (): void => {
    spawnSync(path.join(SCRIPTS, 'down'), [work], { stdio: 'ignore' });
    rmSync(work, { recursive: true, force: true });
  };
  try {
    const file = path.join(os.tmpdir(), `${path.basename(work)}.yaml`);
    writeFileSync(file, nodes);
    const start = Date.now();
    const options = ['--version', version, '--crds', '--argocd', '--dir', work, '--nodes', file];
    if (!keep) stopOnExit(stop);
    await run(path.join(SCRIPTS, 'up'), options);
    rmSync(file, { force: true });
    useBundledKubectl();
    detail(`control plane (${version}) up in ${((Date.now() - start) / 1000).toFixed(0)} s`);
    if (keep)
      detail(`it stays: export KUBECONFIG=${work}/kubeconfig; stop it with ${path.join(SCRIPTS, 'down')} ${work}`);
    return { kubectl: new Kubectl(path.join(work, 'kubeconfig')), kind: 'started', stop };
  } catch (error) {
    stop();
    throw error;
  }
}

async function useCluster(kubeconfig: string, nodes: string): Promise<TestCluster> {
  requireTools(['kubectl']);
  const kubectl = new Kubectl(kubeconfig);
  const server = await kubectl
    .run('config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}')
    .catch((error: unknown) => {
      throw new CannotRun((error as Error).message, 'set KUBECONFIG to a file with a current context, or unset it');
    });
  const silent = await kubectl.refusal('get', '--raw', '/readyz');
  if (silent !== undefined)
    throw new CannotRun(`no answer from ${server}: ${silent}`, 'start the cluster, or unset KUBECONFIG');
  // The tests delete Deployments and break commits on purpose.
  if (!/^https:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(server) && process.env.AIA_E2E_ANY_CLUSTER !== '1') {
    throw new CannotRun(
      `the cluster of KUBECONFIG is not on this machine (${server}), and these tests delete what runs on it`,
      'use a cluster made for this, such as one of kind; set AIA_E2E_ANY_CLUSTER=1 if this one is',
    );
  }
  if ((await kubectl.refusal('get', 'crd', 'applications.argoproj.io')) !== undefined) {
    throw new CannotRun('there is no Argo CD on the cluster of KUBECONFIG', 'install it as docs/local.md says');
  }
  await kubectl.apply(nodes);
  return { kubectl, kind: 'own', stop: () => undefined };
}

/** The cluster's scripts bring a kubectl; it serves where the machine has none. */
function useBundledKubectl(): void {
  if (isInstalled('kubectl')) return;
  const cache = process.env.AIA_CLUSTER_CACHE ?? path.join(os.homedir(), '.cache', 'aia-cluster');
  const folder = readdirSync(cache)
    .map((name) => path.join(cache, name))
    .find((name) => existsSync(path.join(name, 'kubectl')));
  if (folder !== undefined) process.env.PATH = `${folder}${path.delimiter}${process.env.PATH ?? ''}`;
  requireTools(['kubectl']);
}

const cleanups: (() => void)[] = [];

/** Runs when the process ends, however it ends, but for kill -9. */
export function stopOnExit(cleanup: () => void): void {
  if (cleanups.length === 0) {
    process.on('exit', () => {
      for (const each of cleanups.splice(0).reverse()) each();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  }
  cleanups.push(cleanup);
}
