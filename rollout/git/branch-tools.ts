import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import type { Platform } from '../../model/platform/platform';
import { CannotRollOut } from '../problem';
import { endOf } from '../program';

/** What a branch's own code says of it: it is run in the clone, as CI and people run it. */
export interface BranchTools {
  /** `aia synth`: writes what the data says. */
  readonly render: (root: string) => Promise<void>;
  /** `aia synth --check`: the files that are not what the data says; empty where all are. */
  readonly stale: (root: string) => Promise<string>;
  /** What stands against the step, as the commands print it; each is a command and its output. */
  readonly objections: (root: string) => Promise<readonly Objection[]>;
  /** The data of the branch. */
  readonly platform: (root: string) => Promise<Platform>;
}

/** A command that did not end with exit code 0. */
export interface Objection {
  readonly command: string;
  readonly output: string;
}

/** @param reviews commands of `aia` that must end clean before a step is committed, with their arguments. */
export function branchTools(reviews: readonly (readonly string[])[]): BranchTools {
  return {
    render: async (root) => {
      const { code, stdout, stderr } = await aia(root, ['synth']);
      if (code === 0) return;
      throw new CannotRollOut(
        `the branch can't be rendered:\n${(stderr || stdout).trim()}`,
        'correct it on the branch, then run again',
      );
    },
    stale: async (root) => {
      const { code, stdout, stderr } = await aia(root, ['synth', '--check']);
      return code === 0 ? '' : (stderr || stdout).trim();
    },
    objections: async (root) => {
      const found: Objection[] = [];
      for (const args of reviews) {
        const { code, stdout, stderr } = await aia(root, args);
        if (code !== 0) found.push({ command: `aia ${args.join(' ')}`, output: `${stdout}${stderr}`.trim() });
      }
      return found;
    },
    platform: loadPlatform,
  };
}

/** Runs the branch's own `aia`. */
export function aia(root: string, args: readonly string[]): ReturnType<typeof endOf> {
  return endOf(process.execPath, ['bin/aia.mjs', ...args], root);
}

/** The platform as the branch has it, which need not be what the running program was built with. */
async function loadPlatform(root: string): Promise<Platform> {
  const outfile = path.join(root, 'build', 'platform-data.cjs');
  try {
    await build({
      stdin: { contents: "export { platform } from './platform/platform';", resolveDir: root, loader: 'ts' },
      absWorkingDir: root,
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
    });
  } catch (error) {
    throw new CannotRollOut(
      `the data of the branch does not compile: ${error instanceof Error ? error.message : String(error)}`,
      'npm run lint on the branch shows where',
    );
  }
  return (createRequire(outfile)(outfile) as { readonly platform: Platform }).platform;
}
