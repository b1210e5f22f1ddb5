import { platform } from '../../platform/platform';
import { parseKubectl, targetsOf } from '../../testing/kubectl-words';
import { recordCommands } from '../../testing/recorded-commands';
import { runbooks, scriptOf } from '../../testing/runbooks';
import { CommandError, run } from '../command';
import { Broken } from '../problem';
import { detail } from '../report';
import type { Scenario, Stage } from '../stage';
import { atPhase3 } from './phase-3';

/** Commands that only look. */
const READ_ONLY = ['get', 'describe', 'top', 'rollout'];

/** Why a test cluster can't answer a command, by what it asks for. */
const NOT_HERE: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^kubectl .*\b(exec|logs|port-forward)\b/, 'pods are simulated: there is nothing in them'],
  [/-n (monitoring|istio-\w+|keda|k8gb|cert-manager)\b/, 'no chart is installed'],
  [/workloads\.kueue/, 'the kind comes with a chart'],
  [/top nodes/, 'the test cluster measures pods only'],
  [/external\.metrics\.k8s\.io/, 'KEDA is not there'],
  [/managedcertificate|podmonitors,servicemonitors/, 'not of this phase, or of a chart'],
  [/--context=|get pods app=/, 'needs two regions'],
];

/** At 3 a.m. nobody mends a command: each first check that a test cluster can answer is run on one, and must succeed. */
export const runbookCommands: Scenario = {
  name: 'first checks of the runbooks: every one that only looks runs on phase 3, and succeeds',
  play: async (stage) => {
    const data = platform.clusters[stage.cluster];
    if (data?.role !== 'full') {
      detail('not played: the pages name objects of a full region');
      return;
    }
    await atPhase3(stage, { ...data, name: stage.cluster }, async () => {
      const failed: string[] = [];
      const skipped = new Map<string, number>();
      let ran = 0;
      for (const { id, argv } of firstChecks()) {
        const reason = reasonNotTo(argv);
        if (reason !== undefined) {
          skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
          continue;
        }
        const refusal = await refusalOf(stage, argv);
        if (refusal !== undefined) failed.push(`${id}: ${argv.join(' ')}\n      ${refusal}`);
        ran += 1;
      }
      detail(`${ran} commands ran`);
      for (const [reason, count] of skipped) detail(`${count} did not: ${reason}`);
      if (failed.length > 0) throw new Broken(`first checks that fail:\n    ${failed.join('\n    ')}`);
      if (ran < 50) throw new Broken(`only ${ran} commands ran: the pages have more`);
    });
  },
};

/** The programs that the first checks of all pages call, with their arguments as the shell hands them over. */
function firstChecks(): { id: string; argv: readonly string[] }[] {
  return runbooks().flatMap(({ id, sections }) => {
    const [, text = ''] = [...sections].find(([title]) => title.startsWith('First checks')) ?? [];
    return recordCommands(scriptOf(text))
      .commands.filter(([program]) => program === 'kubectl' || program === 'npm')
      .map((argv) => ({ id, argv }));
  });
}

function reasonNotTo(argv: readonly string[]): string | undefined {
  const text = argv.join(' ');
  const known = NOT_HERE.find(([pattern]) => pattern.test(text));
  if (known !== undefined) return known[1];
  // aia is tried against a cluster in scenarios of its own; status and preflight want the branch and a context.
  if (argv[0] === 'npm') return 'aia has scenarios of its own';
  const words = parseKubectl(argv.slice(1));
  if (!READ_ONLY.includes(words.command)) return 'changes something';
  return targetsOf(words).some(({ name }) => name !== undefined && /^[A-Z]+$/.test(name))
    ? 'a name is to be written'
    : undefined;
}

async function refusalOf({ kubectl }: Stage, argv: readonly string[]): Promise<string | undefined> {
  try {
    await run('kubectl', argv.slice(1), { env: { KUBECONFIG: kubectl.kubeconfig } });
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}
