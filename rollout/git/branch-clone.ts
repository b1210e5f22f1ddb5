import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { simpleGit, type SimpleGit } from 'simple-git';
import { CannotRollOut, withoutCredentials } from '../problem';
import { runProgram } from '../program';
import type { Remote } from './remote';

/** A push that the remote refused since its branch has moved: look again, and do it again. */
export class BranchMoved extends Error {
  override readonly name = 'BranchMoved';
}

/** A commit with what a rollout reads of it. */
export interface Commit {
  readonly sha: string;
  readonly message: string;
  /** When it was made, ms since 1970. */
  readonly time: number;
}

/**
 * A clone of the branch that Argo CD follows, in a folder of its own: what somebody has changed in his work tree, or not
 * yet pushed, can't get into a rollout.
 */
export class BranchClone {
  private constructor(
    readonly root: string,
    readonly remote: Remote,
    private readonly git: SimpleGit,
  ) {}

  /**
   * @param localRoot the folder of the running program, whose packages and Git identity are used where they fit.
   * @throws CannotRollOut where the remote can't be cloned.
   */
  static async open(remote: Remote, localRoot: string): Promise<BranchClone> {
    // Git must fail rather than ask for a password that nobody sees the question for.
    process.env.GIT_TERMINAL_PROMPT ??= '0';
    const root = mkdtempSync(path.join(tmpdir(), 'aia-rollout-'));
    try {
      await simpleGit().clone(remote.url, root, ['--quiet', '--branch', remote.branch, '--single-branch']);
    } catch (error) {
      rmSync(root, { recursive: true, force: true });
      throw new CannotRollOut(
        `${withoutCredentials(remote.url)}, branch ${remote.branch}, can't be cloned: ${saidBy(error)}`,
        'check repositoryUrl and branch in platform/settings.ts, and that `git ls-remote` works with that address',
      );
    }
    const clone = new BranchClone(root, remote, simpleGit(root));
    await clone.takeIdentity(localRoot);
    await clone.installPackages(localRoot);
    return clone;
  }

  /** Removes the folder; everything that matters has been pushed. */
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Name and address for commits, where the local folder has some of its own. */
  private async takeIdentity(localRoot: string): Promise<void> {
    const local = simpleGit(localRoot);
    for (const key of ['user.name', 'user.email']) {
      const { value } = await local.getConfig(key).catch(() => ({ value: null }));
      if (value !== null) await this.git.addConfig(key, value);
    }
  }

  /** The packages of the running program where the lockfiles are the same, otherwise the branch's own. */
  private async installPackages(localRoot: string): Promise<void> {
    const lock = (root: string): string => readFileSync(path.join(root, 'package-lock.json'), 'utf8');
    const modules = path.join(localRoot, 'node_modules');
    writeFileSync(path.join(this.root, '.git', 'info', 'exclude'), 'node_modules\nbuild\n');
    if (existsSync(modules) && lock(localRoot) === lock(this.root)) {
      symlinkSync(modules, path.join(this.root, 'node_modules'));
      return;
    }
    await runProgram('npm', ['ci', '--no-audit', '--no-fund'], this.root);
  }

  /** Text of a file of the clone. */
  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.root, file), text);
  }

  /** Text of a file on the newest fetched commit of the branch. */
  async show(file: string): Promise<string> {
    return this.git.show([`origin/${this.remote.branch}:${file}`]);
  }

  async head(): Promise<string> {
    return (await this.git.revparse(['HEAD'])).trim();
  }

  /** Fetches, and drops everything that is not on the branch; returns the newest commit. */
  async catchUp(): Promise<string> {
    await this.fetch();
    await this.git.reset(['--hard', '--quiet', `origin/${this.remote.branch}`]);
    await this.git.clean('f', ['-d']);
    return this.head();
  }

  /** Looks at the remote, and changes no file; returns the newest commit of the branch. */
  async fetch(): Promise<string> {
    try {
      await this.git.fetch('origin', this.remote.branch);
    } catch (error) {
      throw new CannotRollOut(
        `${withoutCredentials(this.remote.url)} does not answer: ${saidBy(error)}`,
        'run it again',
      );
    }
    return (await this.git.revparse([`origin/${this.remote.branch}`])).trim();
  }

  /** Commits everything in the clone and returns the commit; undefined where nothing has changed. */
  async commit(message: string): Promise<string | undefined> {
    await this.git.add(['--all']);
    if ((await this.git.diffSummary(['--cached'])).files.length === 0) return undefined;
    try {
      await this.git.commit(message);
    } catch (error) {
      throw new CannotRollOut(
        `Git does not commit: ${saidBy(error)}`,
        'git config --global user.name and user.email say who you are',
      );
    }
    return this.head();
  }

  /** Which files the last commit changed, and how much, as Git prints it. */
  async diffStat(from: string, to: string): Promise<string> {
    return (await this.git.diff(['--stat=100', '--stat-count=40', `${from}..${to}`])).trimEnd();
  }

  /**
   * Undoes a commit in the folder, not yet committed.
   *
   * @returns whether that worked; where later commits stand in the way the folder is as it was.
   */
  async revertInFolder(sha: string): Promise<boolean> {
    try {
      await this.git.raw(['revert', '--no-commit', sha]);
      await this.git.raw(['revert', '--quit']);
      return true;
    } catch {
      await this.git.raw(['revert', '--abort']).catch(() => undefined);
      await this.git.reset(['--hard', '--quiet', 'HEAD']);
      return false;
    }
  }

  /**
   * Pushes HEAD to the branch, never by force.
   *
   * @throws BranchMoved where the branch has moved meanwhile; CannotRollOut where the remote refuses for another reason.
   */
  async push(branch = this.remote.branch): Promise<void> {
    try {
      await this.git.raw(['push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`]);
    } catch (error) {
      const said = saidBy(error);
      if (/non-fast-forward|fetch first|cannot lock ref|failed to update ref/i.test(said)) throw new BranchMoved(said);
      throw new CannotRollOut(
        `${withoutCredentials(this.remote.url)} does not take the push: ${said}`,
        'where the branch is protected, use --via pr; otherwise check your rights on the repository',
      );
    }
  }

  /** Whether a commit is another one or comes after it; a commit that the branch does not have is neither. */
  async contains(sha: string, ancestor: string): Promise<boolean> {
    if (sha === ancestor) return true;
    const common = (): Promise<string> => this.git.raw(['merge-base', sha, ancestor]);
    const base = await common().catch(async () => {
      await this.fetch();
      return common().catch(() => '');
    });
    return base.trim() === ancestor;
  }

  /** The newest commits of the fetched branch, newest first. */
  async history(limit: number): Promise<Commit[]> {
    const separator = '\u001e';
    const text = await this.git.raw([
      'log',
      `--max-count=${limit}`,
      `--format=%H%n%ct%n%B${separator}`,
      `origin/${this.remote.branch}`,
    ]);
    return text
      .split(separator)
      .map((entry) => entry.trimStart())
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [sha = '', seconds = '0', ...message] = entry.split('\n');
        return { sha, time: Number(seconds) * 1000, message: message.join('\n') };
      });
  }
}

/** What Git said, without credentials, in one line. */
function saidBy(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return withoutCredentials(text)
    .trim()
    .replace(/\s*\n\s*/g, '; ');
}
