import type { Instruction } from 'dockerfile-ast';
import { argumentsOf, flagOf, flagsOf, wordsOf, type Stage } from '../dockerfile';
import type { Complaint, Rule } from '../rule';

/** A package manager: how it installs, where it keeps what it has downloaded, what its lockfiles are called. */
interface PackageManager {
  readonly name: string;
  readonly install: RegExp;
  readonly cache: string;
  readonly lockfile: RegExp;
}

const MANAGERS: readonly PackageManager[] = [
  {
    name: 'npm',
    install: /\bnpm\s+(ci|install|i)\b/,
    cache: '/root/.npm',
    lockfile: /(^|\/)(package-lock|npm-shrinkwrap)\.json$/,
  },
  { name: 'pnpm', install: /\bpnpm\s+(install|i|fetch)\b/, cache: '/pnpm/store', lockfile: /(^|\/)pnpm-lock\.yaml$/ },
  {
    name: 'yarn',
    install: /\byarn\s+(install|--immutable|--frozen-lockfile)/,
    cache: '/usr/local/share/.cache/yarn',
    lockfile: /(^|\/)yarn\.lock$/,
  },
  {
    name: 'pip',
    install: /\bpip3?\s+install\b/,
    cache: '/root/.cache/pip',
    lockfile: /(^|\/)[\w.-]*requirements[\w.-]*\.(lock|txt)$/,
  },
  {
    name: 'uv',
    install: /\buv\s+(sync|pip\s+(install|sync))\b/,
    cache: '/root/.cache/uv',
    lockfile: /(^|\/)uv\.lock$/,
  },
];

/** How dependencies and sources get into the build. */
export const buildRules: readonly Rule[] = [
  {
    id: 'lockfile-first',
    why: 'Dependencies are installed from the lockfile alone, so that a change of code reuses their layer.',
    check: ({ stages }) => stages.flatMap(lockfileProblems),
  },
  {
    id: 'cache-mount',
    why: 'A changed lockfile should download what is new, not everything; and no cache belongs in a layer.',
    check: ({ instructions }) =>
      instructions.flatMap((run) => {
        const manager = managerOf(run);
        if (manager === undefined || hasCacheMount(run)) return [];
        const fix = `write RUN --mount=type=cache,target=${manager.cache} ${argumentsOf(run).split(/\s+/, 2).join(' ')} …`;
        return { at: run, message: `installs packages with ${manager.name} without a cache mount`, fix };
      }),
  },
  {
    id: 'apt-hygiene',
    why: 'Recommended packages and package lists are weight that nothing in the image uses.',
    check: ({ instructions }) =>
      instructions.flatMap((run) => {
        const text = argumentsOf(run);
        if (run.getKeyword() !== 'RUN' || !/\bapt(-get)?\b[^&|;]*\binstall\b/.test(text)) return [];
        const complaints: Complaint[] = [];
        if (!text.includes('--no-install-recommends')) {
          complaints.push({
            at: run,
            message: 'installs what is merely recommended',
            fix: 'add --no-install-recommends',
          });
        }
        // With a cache mount over the lists they are no part of the layer.
        const listsMounted = flagsOf(run).some((flag) => flag.getValue()?.includes('target=/var/lib/apt'));
        if (!listsMounted && !/rm\s+-\w*r\w*\s+\/var\/lib\/apt\/lists/.test(text)) {
          const fix = 'end the same RUN with && rm -rf /var/lib/apt/lists/*';
          complaints.push({ at: run, message: 'leaves the package lists in its layer', fix });
        }
        return complaints;
      }),
  },
  {
    id: 'no-add-url',
    why: 'What ADD downloads is in no lockfile and carries no checksum.',
    check: ({ instructions }) =>
      instructions
        .filter((entry) => entry.getKeyword() === 'ADD')
        .filter((add) => wordsOf(add).some((word) => /^(https?|ftp|git):\/\/|^git@/i.test(word)))
        .map((at) => ({
          at,
          message: 'downloads from an address',
          fix: 'make it a locked dependency, or COPY a file',
        })),
  },
  {
    id: 'no-whole-context',
    why: 'Copying the whole context puts every file of the folder into a layer and makes each of them end the cache.',
    check: ({ instructions }) =>
      instructions
        .filter((copy) => ['COPY', 'ADD'].includes(copy.getKeyword()) && flagOf(copy, 'from') === undefined)
        .filter((copy) =>
          wordsOf(copy)
            .slice(0, -1)
            .some((source) => /^(\.?\/?|\.\/\*|\*)$/.test(source)),
        )
        .map((at) => ({ at, message: 'copies the whole build context', fix: 'name the files and folders it needs' })),
  },
];

function managerOf(run: Instruction): PackageManager | undefined {
  if (run.getKeyword() !== 'RUN') return undefined;
  return MANAGERS.find(({ install }) => install.test(argumentsOf(run)));
}

function hasCacheMount(run: Instruction): boolean {
  return flagsOf(run).some((flag) => flag.getName() === 'mount' && /\btype=cache\b/.test(flag.getValue() ?? ''));
}

/** Up to an installation, nothing but manifests and lockfiles may have been copied into its stage. */
function lockfileProblems(stage: Stage): Complaint[] {
  const complaints: Complaint[] = [];
  for (const [index, run] of stage.instructions.entries()) {
    const manager = managerOf(run);
    if (manager === undefined) continue;
    const copied = [...inherited(stage), ...stage.instructions.slice(0, index)].filter(isCopyOfContext);
    const locks = copied.filter((copy) => sourcesOf(copy).some((source) => manager.lockfile.test(source)));
    if (locks.length === 0) {
      const message = `installs packages before a lockfile of ${manager.name} is there`;
      complaints.push({
        at: run,
        message,
        fix: 'COPY the lockfile above it: what is installed must not depend on the day',
      });
    }
    for (const copy of copied) {
      if (sourcesOf(copy).every((source) => isManifest(source, manager))) continue;
      const message = 'copies sources before the packages are installed: every change of code installs them anew';
      complaints.push({ at: copy, message, fix: 'COPY only the manifest and the lockfile above, the sources below' });
    }
  }
  return complaints;
}

/** What a stage has from the stages it builds on. */
function inherited(stage: Stage): readonly Instruction[] {
  if (stage.parent === undefined) return [];
  const chain: Stage[] = [];
  for (let above: Stage | undefined = stage.parent; above !== undefined; above = above.parent) chain.unshift(above);
  return chain.flatMap(({ instructions }) => instructions);
}

function isCopyOfContext(instruction: Instruction): boolean {
  return instruction.getKeyword() === 'COPY' && flagOf(instruction, 'from') === undefined;
}

function sourcesOf(copy: Instruction): string[] {
  return wordsOf(copy).slice(0, -1);
}

function isManifest(source: string, { lockfile }: PackageManager): boolean {
  return lockfile.test(source) || /(^|\/)(package\.json|\.npmrc|pyproject\.toml|pnpm-workspace\.yaml)$/.test(source);
}
