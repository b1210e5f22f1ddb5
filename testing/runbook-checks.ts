import { Command } from 'commander';
import { capacityCommand } from '../cli/capacity';
import { checkCommand } from '../cli/check';
import { costCommand } from '../cli/cost';
import { explainCommand } from '../cli/explain';
import { reviewCommand } from '../cli/review';
import { adoptCommand, preflightCommand, rolloutCommand, statusCommand } from '../cli/rollout';
import { rulesCommand } from '../cli/rules';
import { synthCommand } from '../cli/synth';
import type { KnownObjects } from './known-objects';
import { parseKubectl, targetsOf, type KubectlWords, type Target } from './kubectl-words';

const AIA = [synthCommand, checkCommand, rulesCommand, explainCommand, capacityCommand, costCommand, reviewCommand]
  .concat([adoptCommand, preflightCommand, rolloutCommand, statusCommand])
  .map((make) => make());

/** Capital letters: what whoever reads the page has to write there. */
const PLACEHOLDER = /^[A-Z][A-Z_]*$/;

/** What is wrong with a command of a page; nothing where it would do what it says. */
export function commandProblems(argv: readonly string[], known: KnownObjects, ownJobs: ReadonlySet<string>): string[] {
  const [program = '', ...args] = argv;
  const said = argv.join(' ').slice(0, 120);
  try {
    if (program === 'kubectl')
      return kubectlProblems(parseKubectl(args), known, ownJobs).map((text) => `${said}: ${text}`);
    if (program === 'npm' && args[0] === 'run') return npmProblems(args).map((text) => `${said}: ${text}`);
    if (program === 'aia') return aiaProblems(args).map((text) => `${said}: ${text}`);
    return [];
  } catch (error) {
    return [`${said}: ${(error as Error).message}`];
  }
}

function npmProblems([, script = '', dashes, ...rest]: readonly string[]): string[] {
  if (script !== 'aia')
    return ['start', 'test'].includes(script) ? [] : [`"${script}" is no script that pages may name`];
  return dashes === '--' ? aiaProblems(rest) : ['npm takes the options for itself without --'];
}

function aiaProblems([name = '', ...rest]: readonly string[]): string[] {
  const command = AIA.find((entry) => entry.name() === name);
  if (command === undefined) return [`aia has no command "${name}"`];
  const words = rest.map((word) => (word === 'PHASE' ? 'phase-1' : word));
  const { unknown } = copyOf(command).parseOptions(words);
  return unknown.map((flag) => `aia ${name} has no option "${flag}"`);
}

/** A command keeps what it has parsed; the next line begins anew. */
function copyOf(command: Command): Command {
  const copy = new Command(command.name());
  for (const option of command.options) copy.addOption(option);
  return copy;
}

function kubectlProblems(words: KubectlWords, known: KnownObjects, ownJobs: ReadonlySet<string>): string[] {
  const { flags, inside } = words;
  const namespace = typeof flags.namespace === 'string' ? flags.namespace : undefined;
  const problems: string[] = [];
  if (namespace !== undefined && !known.namespaces.has(namespace))
    problems.push(`there is no namespace "${namespace}"`);
  for (const target of targetsOf(words))
    problems.push(...targetProblems(target, namespace, flags['all-namespaces'] === true, known, ownJobs));
  for (const [label, value] of labelsAsked(flags.selector)) {
    const kinds = targetsOf(words).map(({ kind }) => known.kind(kind) ?? kind);
    if (!kinds.every((kind) => known.hasLabel(kind, label, value)))
      problems.push(`no ${kinds.join(' or ')} has the label ${label}=${value}`);
  }
  if (typeof flags.container === 'string' && !known.hasContainer(flags.container))
    problems.push(`there is no container "${flags.container}"`);
  return [...problems, ...insideProblems(inside)];
}

function targetProblems(
  { kind: word, name }: Target,
  namespace: string | undefined,
  everywhere: boolean,
  known: KnownObjects,
  ownJobs: ReadonlySet<string>,
): string[] {
  const kind = known.kind(word);
  if (kind === undefined) return [`there is no kind "${word}"`];
  // The namespace of the context is somebody's choice of yesterday.
  if (known.isNamespaced(kind) && namespace === undefined && !everywhere) return ['says no namespace'];
  if (name === undefined || PLACEHOLDER.test(name)) return [];
  if (kind === 'job' && ownJobs.has(name)) return [];
  const place = known.isNamespaced(kind) ? (namespace ?? '') : '';
  return known.has(place, kind, name) ? [] : [`there is no ${kind} "${name}" in "${place}"`];
}

/** `app=a` and `app in (a, b)`, as label and value. */
function labelsAsked(selector: unknown): [string, string][] {
  if (typeof selector !== 'string') return [];
  const several = /^(\S+) in \(([^)]+)\)$/.exec(selector);
  if (several !== null) {
    const [, label = '', values = ''] = several;
    return values.split(',').map((value) => [label, value.trim()]);
  }
  return selector.split(',').map((pair) => {
    const [label = '', value = ''] = pair.split('=');
    return [label, value];
  });
}

/** Programs of which a container of ours, or of a chart, is known to have them. */
const INSIDE = ['promtool', 'amtool', 'env', 'df', 'du', 'rm', 'entrypoint.sh'];

function insideProblems(inside: readonly string[]): string[] {
  const [program] = inside;
  return program === undefined || INSIDE.includes(program) ? [] : [`nobody has tried "${program}" in a container`];
}

/** The queries that commands send to Prometheus. */
export function queriesOf(commands: readonly (readonly string[])[]): string[] {
  return commands.flatMap((argv) => {
    const at = argv.indexOf('promtool');
    return at > 0 && argv[at + 1] === 'query' ? [argv.at(-1) ?? ''] : [];
  });
}

/** Jobs that the commands of a page make. */
export function jobsMade(commands: readonly (readonly string[])[]): Set<string> {
  return new Set(
    commands.flatMap((argv) => {
      const at = argv.indexOf('create');
      return at > 0 && argv[at + 1] === 'job' ? [argv[at + 2] ?? ''] : [];
    }),
  );
}
