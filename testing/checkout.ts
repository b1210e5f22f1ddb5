import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** What a command printed and how it ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of this repository, as it is in the work tree, in a folder of its own: for tests that change data. */
export class Checkout {
  readonly root: string;

  constructor(name = 'aia-checkout-') {
    this.root = mkdtempSync(path.join(tmpdir(), name));
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    for (const file of listed.split('\0').filter((entry) => entry !== '')) {
      const target = path.join(this.root, file);
      mkdirSync(path.dirname(target), { recursive: true });
      // A file that is deleted but not yet committed is listed too.
      cpSync(path.join(ROOT, file), target, { errorOnExist: false, force: true, recursive: true });
    }
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(this.root, 'node_modules'));
  }

  /** Runs `aia` in this copy. */
  aia(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Outcome {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/aia.mjs', ...args], {
      cwd: this.root,
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });
    return { code: status, stdout, stderr };
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.root, file)), { recursive: true });
    writeFileSync(path.join(this.root, file), text);
  }

  /** Replaces one piece of a file; that it is there is part of the test. */
  edit(file: string, before: string, after: string): void {
    const text = this.read(file);
    if (!text.includes(before)) throw new Error(`${file} does not contain ${before}`);
    this.write(file, text.replace(before, after));
  }

  /** Text by path of everything below a folder. */
  tree(folder: string): Map<string, string> {
    const names = readdirSync(path.join(this.root, folder), { recursive: true, encoding: 'utf8' });
    return new Map(
      names
        .map((name) => path.join(folder, name))
        .filter((file) => statSync(path.join(this.root, file)).isFile())
        .sort()
        .map((file) => [file, this.read(file)]),
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
