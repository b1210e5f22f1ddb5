import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import type { PhaseId } from '../../model/platform/phase';
import type { Platform } from '../../model/platform/platform';
import { listField, numberField, textField } from '../cluster/field';
import { CannotRollOut } from '../problem';
import { endOf } from '../program';

/** What a branch's own code says of it: it is run in the clone, as CI and people run it. */
export interface BranchTools {
  /** `aia synth`: writes what the data says. */
  readonly render: (root: string) => Promise<void>;
  /** `aia synth --check`: the files that are not what the data says; empty where all are. */
  readonly stale: (root: string) => Promise<string>;
  /** What stands against the step, as the commands print it; each is a command and its output. */
  readonly objections: (root: string, step: Arrival) => Promise<readonly Objection[]>;
  /** What every folder of `dist/` costs, by `costKey`; what has no price is not there. */
  readonly cost: (root: string) => Promise<ReadonlyMap<string, MonthlyCost>>;
  /** `aia review` of the folder that a step leaves against the one it goes to, as it prints it. */
  readonly review: (root: string, from: string, to: string) => Promise<string | undefined>;
  /** The data of the branch. */
  readonly platform: (root: string) => Promise<Platform>;
}

/** Where a step leads. */
export interface Arrival {
  readonly cluster: string;
  readonly to: PhaseId;
}

/** USD a month at the minimum and at the maximum. */
export interface MonthlyCost {
  readonly min: number;
  readonly max: number;
}

/** Name of a cost in the map: folder below `dist/`. */
export function costKey(phase: string, cluster: string): string {
  return `${phase}/${cluster}`;
}

/** A command that did not end with exit code 0. */
export interface Objection {
  readonly command: string;
  readonly output: string;
}

/** What must end clean before a step is committed: manifests, room on the nodes of the phase, the budget. */
function reviewsOf({ cluster, to }: Arrival): string[][] {
  return [['check'], ['capacity', `dist/${to}/${cluster}`], ['cost']];
}

/** The branch's own commands. */
export function branchTools(): BranchTools {
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
    objections: async (root, step) => {
      // All at once: each takes a second or two, most of it on one core.
      const ended = await Promise.all(
        reviewsOf(step).map(async (args) => ({ command: `aia ${args.join(' ')}`, ...(await aia(root, args)) })),
      );
      return ended
        .filter(({ code }) => code !== 0)
        .map(({ command, stdout, stderr }) => ({ command, output: `${stdout}${stderr}`.trim() }));
    },
    platform: loadPlatform,
    cost: costs,
    review: reviewed,
  };
}

/** @returns undefined where the branch's `aia` has no such command yet, or could not compare. */
async function reviewed(root: string, from: string, to: string): Promise<string | undefined> {
  const { code, stdout } = await aia(root, ['review', from, to, '--fail-on', 'error']);
  return code === 2 ? undefined : stdout.trimEnd();
}

const MICRO = 1_000_000;

async function costs(root: string): Promise<Map<string, MonthlyCost>> {
  const { stdout } = await aia(root, ['cost', '--format', 'json']);
  const found = new Map<string, MonthlyCost>();
  if (!stdout.startsWith('{')) return found;
  for (const set of listField(JSON.parse(stdout), 'sets')) {
    const usd = (scale: string): number => (numberField(set, 'microUsdPerMonth', scale) ?? 0) / MICRO;
    const key = costKey(textField(set, 'phase') ?? '', textField(set, 'cluster') ?? '');
    found.set(key, { min: usd('minimum'), max: usd('maximum') });
  }
  return found;
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
