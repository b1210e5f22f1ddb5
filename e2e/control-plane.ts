import { spawn } from 'node:child_process';
import { openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from './kubectl';
import { detail } from './report';
import type { Stage } from './stage';
import { DONE, still, until } from './wait';

/** Kills the API server of a test cluster that we have started, and brings it back as it was after some time. */
export async function withoutApiServer({ kubectl }: Stage, seconds: number): Promise<void> {
  const folder = path.dirname(kubectl.kubeconfig);
  const pidFile = path.join(folder, 'pids', 'kube-apiserver');
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const program = readlinkSync(`/proc/${pid}/exe`);
  const [argv0, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  const start = Date.now();
  process.kill(pid, 'SIGKILL');
  detail(`the API server is gone for ${seconds} s`);
  await sleep(seconds * 1000);
  const log = openSync(path.join(folder, 'logs', 'kube-apiserver.log'), 'a');
  // One program is all of the control plane, and the name it is called by says which part it is to be.
  const child = spawn(program, args, { argv0, cwd: folder, detached: true, stdio: ['ignore', log, log] });
  writeFileSync(pidFile, String(child.pid));
  child.unref();
  await until('the API server is back', 120, async () => {
    const silent = await kubectl.refusal('get', '--raw', '/readyz');
    return silent === undefined ? DONE : still('no answer');
  });
  await kubeletsReport(kubectl);
  detail(`the API server was away for ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

/**
 * What kubelets do as soon as they reach the API server again, and the simulated ones only when their turn comes: they renew
 * the Leases of their nodes, before the nodes are taken for lost.
 */
async function kubeletsReport(kubectl: Kubectl): Promise<void> {
  const leases = (await kubectl.list('kube-node-lease', 'leases')).map(({ metadata }) => metadata.name);
  const patch = JSON.stringify({ spec: { renewTime: new Date().toISOString().replace('Z', '000Z') } });
  await kubectl.run('patch', 'lease', ...leases, '-n', 'kube-node-lease', '--type', 'merge', '-p', patch);
}

/** Stops Argo CD's application controller of a test cluster that we have started, as if it were busy elsewhere. */
export function holdArgoCd(stage: Stage): void {
  process.kill(applicationController(stage), 'SIGSTOP');
}

/** Lets it go on. */
export function letArgoCdGo(stage: Stage): void {
  process.kill(applicationController(stage), 'SIGCONT');
}

function applicationController({ kubectl }: Stage): number {
  return Number(
    readFileSync(path.join(path.dirname(kubectl.kubeconfig), 'pids', 'argocd-application-controller'), 'utf8'),
  );
}
