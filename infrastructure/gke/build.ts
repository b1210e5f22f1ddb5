import type { PhaseId } from '../../model/platform/phase';
import { scriptFile } from '../rendered-file';
import { poolsFile, type PoolSet } from './pools';
import type { Target } from './target';

/** Everything that a cluster is made of, in order: the one command for a new region, or for one that was lost. */
export function buildScript(path: string, { cluster }: Target, sets: readonly PoolSet[]): string {
  const phases = sets.flatMap((set) => set.phases);
  const only = sets.length === 1;
  return scriptFile(
    path,
    [
      `Builds ${cluster.name} from nothing, or goes on where it was interrupted.`,
      only ? `Use: ./build.sh` : `Use: ./build.sh PHASE, with the phase that it is to run: ${phases.join(', ')}.`,
    ],
    [
      'cd "$(dirname "${BASH_SOURCE[0]}")"',
      ...(only ? [] : phaseArgument(sets, phases)),
      '../project.sh',
      './keys.sh',
      './network.sh',
      './create-cluster.sh',
      only && sets[0] !== undefined ? `./${poolsFile(sets[0])}` : '"./$pools"',
      "echo 'The cluster has its nodes. Next: Argo CD, as docs/argocd.md says.'",
    ],
  );
}

function phaseArgument(sets: readonly PoolSet[], phases: readonly PhaseId[]): string[] {
  return [
    'case "${1:-}" in',
    ...sets.map((set) => `  ${set.phases.join(' | ')}) pools='${poolsFile(set)}' ;;`),
    '  *)',
    `    printf '"%s" is no phase of this cluster.\\n  Fix: write one of ${phases.join(', ')}\\n' "\${1:-}" >&2`,
    '    exit 2',
    '    ;;',
    'esac',
  ];
}
