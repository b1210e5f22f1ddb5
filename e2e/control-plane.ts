import { spawn } from 'node:child_process';
import { openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from './kubectl';
import { detail } from './report';
import type { Stage } from './stage';
import { DONE, still, until } from './wait';

type Part = 'kube-apiserver' | 'kube-controller-manager' | 'argocd-application-controller';

/** A process of a test cluster that we have started. */
function pidOf({ kubectl }: Stage, part: Part): number {
  return Number(readFileSync(path.join(path.dirname(kubectl.kubeconfig), 'pids', part), 'utf8'));
}

/**
 * Kills the API server of a test cluster, and brings it back as it was after some time. The controller manager is away as
 * long, as on a machine that restarts: alone it would take all nodes for lost, since simulated kubelets are slow to report.
 */
export async function withoutApiServer(stage: Stage, seconds: number): Promise<void> {
  const start = Date.now();
  const startController = kill(stage, 'kube-controller-manager');
  const startServer = kill(stage, 'kube-apiserver');
  detail(`the API server is gone for ${seconds} s`);
  await sleep(seconds * 1000);
  startServer();
  await until('the API server is back', 180, async () => {
    const silent = await stage.kubectl.refusal('get', '--raw', '/readyz');
    return silent === undefined ? DONE : still('no answer');
  });
  await kubeletsReport(stage.kubectl);
  startController();
  detail(`the API server was away for ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

/** @returns what starts it again, as it was. */
function kill(stage: Stage, part: Part): () => void {
  const folder = path.dirname(stage.kubectl.kubeconfig);
  const pid = pidOf(stage, part);
  const program = readlinkSync(`/proc/${pid}/exe`);
  const [argv0, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  process.kill(pid, 'SIGKILL');
  return () => {
    const log = openSync(path.join(folder, 'logs', `${part}.log`), 'a');
    // One program is all of the control plane, and the name it is called by says which part it is to be.
    const child = spawn(program, args, { argv0, cwd: folder, detached: true, stdio: ['ignore', log, log] });
    writeFileSync(path.join(folder, 'pids', part), String(child.pid));
    child.unref();
  };
}

/**
 * What kubelets do as soon as they reach the API server again, and the simulated ones only when their turn comes: they renew
 * the Leases of their nodes.
 */
async function kubeletsReport(kubectl: Kubectl): Promise<void> {
  const leases = (await kubectl.list('kube-node-lease', 'leases')).map(({ metadata }) => metadata.name);
  const patch = JSON.stringify({ spec: { renewTime: new Date().toISOString().replace('Z', '000Z') } });
  await kubectl.run('patch', 'lease', ...leases, '-n', 'kube-node-lease', '--type', 'merge', '-p', patch);
}

/** Stops Argo CD's application controller of a test cluster that we have started, as if it were busy elsewhere. */
export function holdArgoCd(stage: Stage): void {
  process.kill(pidOf(stage, 'argocd-application-controller'), 'SIGSTOP');
}

/** Lets it go on. */
export function letArgoCdGo(stage: Stage): void {
  process.kill(pidOf(stage, 'argocd-application-controller'), 'SIGCONT');
}
