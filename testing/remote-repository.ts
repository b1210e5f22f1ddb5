import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BranchTools } from '../rollout/git/branch-tools';

const PINS = `# Which phase each cluster runs.
clusters:
  west:
    phase: phase-1
  # The second one.
  east:
    phase: none
`;

/** A bare repository with a branch `main`, and a person's clone of it: small, and real Git. */
export class RemoteRepository {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'aia-remote-'));
  readonly url = path.join(this.folder, 'remote.git');
  /** Where a colleague works. */
  readonly colleague = path.join(this.folder, 'colleague');

  constructor() {
    mkdirSync(this.colleague);
    this.git(this.folder, 'init', '--quiet', '--bare', '--initial-branch=main', this.url);
    this.git(this.colleague, 'init', '--quiet', '--initial-branch=main');
    this.git(this.colleague, 'config', 'user.name', 'A colleague');
    this.git(this.colleague, 'config', 'user.email', 'colleague@example.com');
    this.git(this.colleague, 'remote', 'add', 'origin', this.url);
    mkdirSync(path.join(this.colleague, 'node_modules'));
    this.commit({ 'platform/clusters.yaml': PINS, 'package-lock.json': '{}', '.gitignore': 'node_modules\n' }, 'Begin');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The colleague commits and pushes. */
  commit(files: Readonly<Record<string, string>>, message: string): string {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(this.colleague, file)), { recursive: true });
      writeFileSync(path.join(this.colleague, file), text);
    }
    this.git(this.colleague, 'add', '--all');
    this.git(this.colleague, 'commit', '--quiet', '-m', message);
    this.git(this.colleague, 'push', '--quiet', 'origin', 'HEAD:main');
    return this.git(this.colleague, 'rev-parse', 'HEAD').trim();
  }

  /** The colleague takes up what others have pushed. */
  pull(): void {
    this.git(this.colleague, 'pull', '--quiet', '--rebase', 'origin', 'main');
  }

  /** Text of a file on the branch. */
  read(file: string, branch = 'main'): string {
    return this.git(this.url, 'show', `${branch}:${file}`);
  }

  /** Messages on the branch, newest first. */
  log(branch = 'main'): string[] {
    return this.git(this.url, 'log', '--format=%B%x1e', branch)
      .split('\u001e')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  }

  git(cwd: string, ...args: string[]): string {
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

/** Tools that render one file from the pins, and object to nothing. */
export function fakeTools(change: Partial<BranchTools> = {}): BranchTools {
  return {
    render: (root) => {
      mkdirSync(path.join(root, 'argocd'), { recursive: true });
      writeFileSync(path.join(root, 'argocd/rendered.txt'), readFileSync(path.join(root, 'platform/clusters.yaml')));
      return Promise.resolve();
    },
    stale: () => Promise.resolve(''),
    objections: () => Promise.resolve([]),
    cost: () => Promise.resolve(new Map()),
    review: () => Promise.resolve(undefined),
    platform: () => Promise.reject(new Error('not asked here')),
    ...change,
  };
}
