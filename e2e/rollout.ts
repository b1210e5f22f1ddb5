import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopOnExit } from './cluster';
import { CommandError } from './command';
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

/** A run whose writes were written down. */
export interface Watched extends Ended {
  /** Whether it was killed at its point, and did not end before. */
  readonly killed: boolean;
  readonly writes: readonly string[];
}

/** Is told every line on stderr; what it does is over before the run is. */
export type Listener = (line: string) => Promise<void>;

export type Moment = 'before' | 'after';

/** A write of a run: the first of a name, or the first at a place that is not among those seen, which then has it. */
export type At =
  | { readonly moment: Moment; readonly name: string }
  | {
      readonly moment: Moment;
      readonly seen: Set<string>;
      /** Commits that the rollout has on the branch already. */
      readonly pushes: number;
    };

/** What is done to a run at one of its writes. */
export interface Interruption {
  readonly at: At;
  /** The run is killed, or it is stopped until this is done. */
  readonly meanwhile?: () => Promise<void>;
}

const PRELOADED = path.join(__dirname, '..', 'testing', 'kill-at-write.mjs');

/** What the test cluster's scripts need anyway has terminals, too. */
const AT_TERMINAL = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** `aia` in the clone of the fork, as the account that its own bootstrap gives it: with a token and nothing else. */
export class Aia {
  private constructor(
    private readonly stage: Stage,
    private readonly kubeconfig: string,
    private readonly token: string,
    private readonly listener: Listener = () => Promise.resolve(),
  ) {}

  /** The same, with somebody who listens. */
  listening(...listeners: readonly Listener[]): Aia {
    return new Aia(this.stage, this.kubeconfig, this.token, async (line) => {
      await Promise.all(listeners.map((listener) => listener(line)));
    });
  }

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
      await kubectl.run('create', 'token', `${name}-rollout`, '-n', argocdNamespace, '--duration=8h')
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
    const ended = await this.endOf(this.start(args)).finally(() => {
      done.abort();
    });
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

  /**
   * Runs a command, writes down what it writes, and kills or stops it at one of its writes. What it has left in the folder
   * for temporary files goes with it. Nothing is shown of what it says.
   */
  async watch({ at, meanwhile }: Interruption, ...args: string[]): Promise<Watched> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'aia-e2e-watched-'));
    const [log, seen] = [path.join(folder, 'writes'), path.join(folder, 'seen')];
    if ('seen' in at) writeFileSync(seen, [...at.seen].map((place) => `${place}\n`).join(''));
    const env = {
      TMPDIR: folder,
      KILL_LOG: log,
      KILL_AT: `${at.moment} ${'seen' in at ? 'unseen' : at.name}`,
      KILL_SIGNAL: meanwhile === undefined ? 'SIGKILL' : 'SIGSTOP',
      ...('seen' in at ? { KILL_SEEN: seen, KILL_PUSHES: String(at.pushes) } : {}),
    };
    try {
      const child = this.start(args, ['--import', PRELOADED], env);
      if (meanwhile !== undefined) await whileStopped(child, meanwhile);
      const ended = await this.endOf(child, false);
      if ('seen' in at) for (const place of linesOf(seen)) at.seen.add(place);
      return { ...ended, killed: ended.signal === 'SIGKILL', writes: linesOf(log) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * Runs a command at a terminal of its own, and answers what it asks; all it prints is in `stdout`.
   *
   * @param answers to its questions, in order; more questions than these get a no.
   */
  async atTerminal(answers: readonly string[], ...args: string[]): Promise<Ended> {
    detail(`aia ${args.join(' ')}, answered ${answers.join(', ')}`);
    const program = [process.execPath, 'bin/aia.mjs', ...args];
    const child = spawn('python3', ['-c', AT_TERMINAL, ...program], {
      cwd: this.stage.fork.clone,
      env: { ...process.env, KUBECONFIG: this.kubeconfig },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const left = [...answers];
    child.stdout.on('data', (text: Buffer) => {
      if (text.toString().includes('[y/N]')) child.stdin.write(`${left.shift() ?? 'n'}\n`);
    });
    const ended = await this.endOf(child);
    if (ended.stdout.includes(this.token)) throw new Broken('aia has printed its token');
    return ended;
  }

  private async standIn(done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      // The API server may be away; the next turn comes soon.
      await standInForTheCloud(this.stage.kubectl, this.stage.namespace).catch((error: unknown) => {
        if (!(error instanceof CommandError)) throw error;
      });
      await sleep(4000);
    }
  }

  private start(
    args: readonly string[],
    nodeOptions: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): ChildProcessByStdio<null, Readable, Readable> {
    return spawn(process.execPath, [...nodeOptions, 'bin/aia.mjs', ...args], {
      cwd: this.stage.fork.clone,
      env: { ...process.env, KUBECONFIG: this.kubeconfig, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  private async endOf(
    child: ChildProcessByStdio<Writable | null, Readable, Readable>,
    aloud = true,
  ): Promise<Ended & { readonly signal: NodeJS.Signals | null }> {
    let stdout = '';
    let stderr = '';
    const heard: Promise<unknown>[] = [];
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    createInterface(child.stderr).on('line', (line) => {
      if (aloud) detail(`  ${line.slice(0, 160)}`);
      heard.push(this.listener(line).catch((error: unknown) => error));
    });
    const ended = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        resolve({ code, signal });
      });
    });
    const problem = (await Promise.all(heard)).find((error) => error instanceof Error);
    if (problem !== undefined) throw problem;
    return { ...ended, stdout, stderr };
  }
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : [];
}

/** Waits until a process has stopped itself, and lets it go on after that is done. */
async function whileStopped(child: ChildProcess, meanwhile: () => Promise<void>): Promise<void> {
  const { pid = 0 } = child;
  const state = (): string => / (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
  try {
    while (child.exitCode === null && state() !== 'T') await sleep(100);
    if (child.exitCode === null) await meanwhile();
  } finally {
    child.kill('SIGCONT');
  }
}

/** As data of a fork: what takes minutes in production takes seconds here. */
export function hurryGates({ fork }: Stage, deadlineMinutes: number): void {
  fork.edit('platform/gates.ts', /dwellSeconds: \d+/g, 'dwellSeconds: 4');
  fork.edit('platform/gates.ts', /deadlineMinutes: [\d.]+/g, `deadlineMinutes: ${deadlineMinutes}`);
}
