import { parseArgs, type ParseArgsConfig } from 'node:util';

type Flags = NonNullable<ParseArgsConfig['options']>;
type Value = string | boolean | (string | boolean)[] | undefined;

const text = (short?: string): Flags[string] => ({ type: 'string', ...(short === undefined ? {} : { short }) });
const yes = (short?: string): Flags[string] => ({ type: 'boolean', ...(short === undefined ? {} : { short }) });

const ANY: Flags = { namespace: text('n'), context: text(), 'request-timeout': text() };
const LABELS: Flags = { selector: text('l'), all: yes() };

/** Flags of the kubectl commands that pages use, as `kubectl COMMAND --help` of 1.28 has them. */
const COMMANDS: Readonly<Record<string, Flags>> = {
  annotate: { ...LABELS, overwrite: yes() },
  apply: { filename: text('f') },
  create: { from: text(), 'dry-run': text(), output: text('o'), filename: text('f'), cert: text(), key: text() },
  // `--wait` has a value here where it is given at all.
  delete: { ...LABELS, wait: text(), cascade: text(), timeout: text() },
  describe: { ...LABELS, 'all-namespaces': yes('A') },
  drain: { 'ignore-daemonsets': yes(), 'delete-emptydir-data': yes(), timeout: text() },
  exec: { container: text('c') },
  get: {
    ...LABELS,
    ...{ output: text('o'), 'field-selector': text(), 'sort-by': text(), 'all-namespaces': yes('A') },
    ...{ 'label-columns': { type: 'string', short: 'L', multiple: true }, 'show-labels': yes() },
    ...{ 'show-managed-fields': yes() },
  },
  logs: { ...LABELS, container: text('c'), tail: text(), previous: yes('p'), since: text() },
  patch: { type: text(), patch: text('p') },
  'port-forward': {},
  rollout: { timeout: text() },
  scale: { ...LABELS, replicas: text() },
  taint: {},
  top: { ...LABELS, containers: yes(), 'sort-by': text() },
  wait: { ...LABELS, for: text(), timeout: text() },
};

/** A kubectl command, taken apart. */
export interface KubectlWords {
  readonly command: string;
  /** What comes after the command, but for flags; for `rollout` and `top` without the second word. */
  readonly operands: readonly string[];
  /** `status` of `rollout status`, `pods` of `top pods`. */
  readonly second: string | undefined;
  readonly flags: Readonly<Record<string, Value>>;
  /** What runs in the container, after `--`. */
  readonly inside: readonly string[];
}

/**
 * Takes a kubectl command apart.
 *
 * @param args what follows `kubectl`.
 * @throws where the command or a flag of it is not known, or a flag lacks its value.
 */
export function parseKubectl(args: readonly string[]): KubectlWords {
  const end = args.indexOf('--');
  const own = end < 0 ? [...args] : args.slice(0, end);
  const inside = end < 0 ? [] : args.slice(end + 1);
  const loose = parseArgs({ args: own, options: ANY, strict: false, allowPositionals: true });
  const command = loose.positionals.find((word) => Object.hasOwn(COMMANDS, word));
  const flags = command === undefined ? undefined : COMMANDS[command];
  if (command === undefined || flags === undefined)
    throw new Error(`"${own.join(' ')}" has no command that is known here`);
  const { values, positionals } = parseArgs({ args: own, options: { ...ANY, ...flags }, allowPositionals: true });
  if (positionals[0] !== command) throw new Error(`"${positionals[0] ?? ''}" stands before the command`);
  if (command === 'exec' && inside.length === 0) throw new Error('exec needs -- and a command');
  const hasSecond = command === 'rollout' || command === 'top';
  return {
    command,
    second: hasSecond ? positionals[1] : undefined,
    operands: positionals.slice(hasSecond ? 2 : 1),
    flags: values,
    inside,
  };
}

/** One object, or all of a kind, that a command is about. */
export interface Target {
  readonly kind: string;
  readonly name: string | undefined;
}

/** The objects that a command names. */
export function targetsOf({ command, second, operands, flags }: KubectlWords): Target[] {
  switch (command) {
    case 'apply':
      return [];
    case 'drain':
      return [{ kind: 'node', name: operands[0] }];
    case 'exec':
      return [workloadOrPod(operands[0] ?? '')];
    case 'logs':
      return operands[0] === undefined ? [{ kind: 'pod', name: undefined }] : [workloadOrPod(operands[0])];
    case 'top':
      return [{ kind: second ?? '', name: operands[0] }];
    case 'port-forward':
      return [workloadOrPod(operands[0] ?? '')];
    case 'create':
      return typeof flags.from === 'string' ? [workloadOrPod(flags.from)] : [];
    default:
      return kindsAndNames(operands.filter((word) => !/=|-$/.test(word)));
  }
}

/** `pods`, `deployment api cognitive-processor`, `deployments,statefulsets`, `deployment/api service/api`. */
function kindsAndNames(words: readonly string[]): Target[] {
  const [first = '', ...names] = words;
  if (first.includes('/')) return words.map(workloadOrPod);
  return first
    .split(',')
    .flatMap((kind): Target[] =>
      names.length === 0 ? [{ kind, name: undefined }] : names.map((name) => ({ kind, name })),
    );
}

function workloadOrPod(word: string): Target {
  const [kind = '', name] = word.split('/');
  return name === undefined ? { kind: 'pod', name: kind } : { kind, name };
}
