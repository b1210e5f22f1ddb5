import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopOnExit } from './cluster';
import { Broken } from './problem';
import { detail } from './report';
import type { Stage } from './stage';
import { standInForTheCloud } from './stand-ins';

/** What a run of `aia` printed and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `aia` in the clone of the fork, as the account that its own bootstrap gives it: with a token and nothing else. */
export class Aia {
  private constructor(
    private readonly stage: Stage,
    private readonly kubeconfig: string,
    private readonly token: string,
  ) {}

  /** Applies the account as docs/rollout.md says, and logs in as it. */
  static async asAccount(stage: Stage): Promise<Aia> {
    const { kubectl, fork, cluster, namespace, argocd } = stage;
    const { argocdNamespace, name } = argocd.settings;
    const access = `${fork.clone}/argocd/${cluster}/bootstrap/access`;
    if ((await kubectl.find(namespace, 'namespace', namespace)) === undefined) {
      await kubectl.run('apply', '-f', `${fork.clone}/dist/phase-1/${cluster}/platform/Namespace_-_${namespace}.yaml`);
    }
    await kubectl.run('apply', '-f', access);
    const token = (
      await kubectl.run('create', 'token', `${name}-rollout`, '-n', argocdNamespace, '--duration=2h')
    ).trim();
    const config = JSON.parse(await kubectl.run('config', 'view', '--raw', '--minify', '-o', 'json')) as {
      users: { user: unknown }[];
    };
    for (const entry of config.users) entry.user = { token };
    const folder = mkdtempSync(path.join(os.tmpdir(), 'aia-e2e-account-'));
    stopOnExit(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const kubeconfig = path.join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, JSON.stringify(config), { mode: 0o600 });
    return new Aia(stage, kubeconfig, token);
  }

  /**
   * Runs a command, and stands in for the cloud meanwhile.
   *
   * @throws Broken where it prints the token.
   */
  async run(...args: string[]): Promise<Ended> {
    detail(`aia ${args.join(' ')}`);
    const done = new AbortController();
    const cloud = this.standIn(done.signal);
    const ended = await this.spawn(args);
    done.abort();
    await cloud;
    if (`${ended.stdout}${ended.stderr}`.includes(this.token)) throw new Broken('aia has printed its token');
    return ended;
  }

  /**
   * The same for a command that must end with an exit code.
   *
   * @throws Broken with what it printed.
   */
  async mustEndWith(code: number, ...args: string[]): Promise<Ended> {
    const ended = await this.run(...args);
    if (ended.code === code) return ended;
    throw new Broken(
      `aia ${args.join(' ')} ended with ${ended.code ?? 'a signal'}, not ${code}:\n${ended.stdout}\n${ended.stderr}`,
    );
  }

  private async standIn(done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      await standInForTheCloud(this.stage.kubectl, this.stage.namespace);
      await sleep(2000);
    }
  }

  private spawn(args: readonly string[]): Promise<Ended> {
    const child = spawn(process.execPath, ['bin/aia.mjs', ...args], {
      cwd: this.stage.fork.clone,
      env: { ...process.env, KUBECONFIG: this.kubeconfig },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
      for (const line of text.toString().trimEnd().split('\n')) detail(`  ${line.slice(0, 160)}`);
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        resolve({ code, stdout, stderr });
      });
    });
  }
}

/** As data of a fork: what takes minutes in production takes seconds here. */
export function hurryGates({ fork }: Stage, deadlineMinutes: number): void {
  fork.edit('platform/gates.ts', /dwellSeconds: \d+/g, 'dwellSeconds: 5');
  fork.edit('platform/gates.ts', /deadlineMinutes: [\d.]+/g, `deadlineMinutes: ${deadlineMinutes}`);
}
