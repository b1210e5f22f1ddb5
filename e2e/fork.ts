import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseDocument } from 'yaml';
import type { PhaseId } from '../model/platform/phase';
import { stopOnExit } from './cluster';
import { run } from './command';
import { detail } from './report';

const ROOT = path.join(__dirname, '..');

/**
 * Somebody's fork of this repository: a bare repository that Argo CD reads, and a clone in which the tests commit. It is
 * set up as its owner would: the repository's address goes into the data, and everything is rendered again.
 */
export class Fork {
  private constructor(
    readonly clone: string,
    private readonly bare: string,
  ) {}

  /**
   * @param cluster is pinned to `phase`, with add-ons that somebody else installs.
   * @param minor of its Kubernetes. An old one is stated in the data, as its owner would: Kueue and k8gb have no version of
   *   their API that old and new releases both serve.
   * @param host under which Argo CD reaches this machine; undefined where it runs here and reads the folder itself.
   * @param keep leaves the repository, and what serves it, when the tests end.
   */
  static async create(
    cluster: string,
    phase: PhaseId,
    minor: number,
    host: string | undefined,
    keep: boolean,
  ): Promise<Fork> {
    const work = mkdtempSync(path.join(os.tmpdir(), 'aia-e2e-fork-'));
    let daemon: ChildProcess | undefined;
    if (!keep) {
      stopOnExit(() => {
        daemon?.kill();
        rmSync(work, { recursive: true, force: true });
      });
    }
    const fork = new Fork(path.join(work, 'clone'), path.join(work, 'fork.git'));
    if ((await run('git', ['status', '--porcelain'], { cwd: ROOT })) !== '') {
      detail('note: the work tree has changes that are not committed; what is tested is the last commit');
    }
    await run('git', ['clone', '--quiet', '--no-hardlinks', ROOT, fork.clone]);
    await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', fork.bare]);
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(fork.clone, 'node_modules'));
    writeFileSync(path.join(fork.clone, '.git', 'info', 'exclude'), 'node_modules\nbuild\n');
    for (const [key, value] of [
      ['user.name', 'AIA e2e'],
      ['user.email', 'e2e@example.com'],
      ['core.autocrlf', 'false'],
    ] as const) {
      await fork.git('config', key, value);
    }
    let url = `file://${fork.bare}`;
    if (host !== undefined) {
      const port = 20_000 + (process.pid % 20_000);
      const options = ['--export-all', '--reuseaddr', '--listen=0.0.0.0', `--port=${port}`, `--base-path=${work}`];
      daemon = spawn('git', ['daemon', ...options, work], { stdio: 'ignore', detached: keep });
      if (keep) daemon.unref();
      url = `git://${host}:${port}/fork.git`;
    }
    if (keep)
      detail(
        `the fork stays in ${fork.clone}; push to ${fork.bare}${daemon ? `, served by process ${daemon.pid ?? 0}` : ''}`,
      );
    await fork.setUp(cluster, phase, minor, url);
    return fork;
  }

  /** Settings of a fork: its address, the release of its cluster, add-ons from elsewhere, and the pin of the cluster. */
  private async setUp(cluster: string, phase: PhaseId, minor: number, url: string): Promise<void> {
    this.edit('platform/settings.ts', /repositoryUrl: '.*'/, `repositoryUrl: '${url}'`);
    this.edit('platform/clusters.ts', /addons: 'managed'/g, `addons: 'external'`);
    if (minor < 34)
      this.edit('platform/clusters.ts', /role: '\w+',\n/g, (found) => `${found}    k8sMinor: ${minor},\n`);
    this.pin(cluster, phase);
    await this.renderAndPush(`Fork: ${url}`);
  }

  /** Moves the pin of a cluster, as a promotion does; it takes a render and a push to reach the cluster. */
  pin(cluster: string, phase: PhaseId): void {
    this.edit('platform/clusters.yaml', /[^]*/, (text) => {
      const pins = parseDocument(text);
      pins.setIn(['clusters', cluster, 'phase'], phase);
      return pins.toString();
    });
  }

  read(file: string): string {
    return readFileSync(path.join(this.clone, file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.clone, file)), { recursive: true });
    writeFileSync(path.join(this.clone, file), text);
  }

  remove(file: string): void {
    rmSync(path.join(this.clone, file), { recursive: true });
  }

  /** Replaces a piece of a file; that it is there is part of the test. */
  edit(file: string, before: string | RegExp, after: string | ((found: string) => string)): void {
    const text = this.read(file);
    const there = typeof before === 'string' ? text.includes(before) : text.search(before) >= 0;
    if (!there) throw new Error(`${file} does not contain ${String(before)}`);
    this.write(file, text.replace(before, typeof after === 'string' ? () => after : after));
  }

  /** Renders as `npm start` does, commits everything, pushes. */
  async renderAndPush(message: string): Promise<string> {
    await run(process.execPath, ['bin/aia.mjs', 'synth'], { cwd: this.clone });
    return this.push(message);
  }

  /** Commits what is in the clone as it is, pushes, and returns the commit. */
  async push(message: string): Promise<string> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.publish();
  }

  /** Drops what was written and not committed. */
  async discardChanges(): Promise<void> {
    await this.git('reset', '--quiet', '--hard');
    await this.git('clean', '--quiet', '-d', '--force');
  }

  /** Takes up what somebody else has pushed, and returns the newest commit. */
  async pull(): Promise<string> {
    await this.git('pull', '--quiet', '--ff-only', this.bare, 'main');
    return (await this.git('rev-parse', 'HEAD')).trim();
  }

  /** Messages of the newest commits, newest first. */
  async messages(limit: number): Promise<string> {
    return this.git('log', `--max-count=${limit}`, '--format=%B');
  }

  /** Commits of the branch after another one, oldest first: the hash of everything in each, and its message. */
  async commitsSince(sha: string): Promise<{ readonly tree: string; readonly message: string }[]> {
    const text = await this.git('log', '--reverse', '--format=%T%n%B%x1e', `${sha}..HEAD`);
    return text
      .split('\u001e')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map((entry) => ({ tree: entry.split('\n')[0] ?? '', message: entry }));
  }

  /** The hash of everything in the newest commit of the clone. */
  async tree(): Promise<string> {
    return (await this.git('rev-parse', 'HEAD^{tree}')).trim();
  }

  /** Reverts the last commit and pushes, and returns the commit. */
  async revert(): Promise<string> {
    await this.git('revert', '--no-edit', 'HEAD');
    return this.publish();
  }

  /** Rendered files below a folder of the last commit, as paths in the clone. */
  async files(folder: string): Promise<string[]> {
    return (await this.git('ls-files', folder)).split('\n').filter((file) => file.endsWith('.yaml'));
  }

  private async publish(): Promise<string> {
    await this.git('push', '--quiet', this.bare, 'HEAD:main');
    return (await this.git('rev-parse', 'HEAD')).trim();
  }

  private git(...args: string[]): Promise<string> {
    return run('git', args, { cwd: this.clone });
  }
}
