import type { Expression } from './expression';

/** Labels that a name has; undefined where nobody exposes it. */
export type LabelsOf = (metric: string) => ReadonlySet<string> | undefined;

/** What an expression leaves behind: the labels of its result, and what is wrong on the way. */
export interface LabelReport {
  /** Labels that a result may have; undefined for a number, which has none and matches anything. */
  readonly labels: ReadonlySet<string> | undefined;
  readonly problems: readonly string[];
}

/**
 * Follows the labels through an expression, as Prometheus does when it evaluates it: a label that no metric has is a
 * condition that is never true, a grouping by nothing, or two sides that never meet. Prometheus calls none of that an
 * error; it answers with nothing.
 */
export function labelReport(expression: Expression, labelsOf: LabelsOf): LabelReport {
  const problems: string[] = [];
  return { labels: follow(expression, labelsOf, problems), problems: [...new Set(problems)] };
}

const NONE: ReadonlySet<string> = new Set();
/** Aggregations that pick series and leave them as they are. */
const KEEPS_LABELS = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);
const SET_OPERATORS = new Set(['and', 'or', 'unless']);

function follow(expression: Expression, labelsOf: LabelsOf, problems: string[]): ReadonlySet<string> | undefined {
  switch (expression.kind) {
    case 'literal':
      return undefined;
    case 'selector':
      return ofSelector(expression, labelsOf, problems);
    case 'call':
      return ofCall(expression, labelsOf, problems);
    case 'aggregation':
      return ofAggregation(expression, labelsOf, problems);
    case 'binary':
      return ofBinary(expression, labelsOf, problems);
  }
}

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

function ofSelector({ metric, matchers }: Of<'selector'>, labelsOf: LabelsOf, problems: string[]): ReadonlySet<string> {
  if (metric === undefined) {
    problems.push('a selector without the name of a metric reads every series there is');
    return NONE;
  }
  const labels = labelsOf(metric);
  if (labels === undefined) {
    problems.push(`${metric}: nobody exposes it`);
    return NONE;
  }
  for (const { label } of matchers) if (!labels.has(label)) problems.push(`${metric} has no label ${label}`);
  return labels;
}

function ofCall(call: Of<'call'>, labelsOf: LabelsOf, problems: string[]): ReadonlySet<string> | undefined {
  const args = call.args.map((arg) => follow(arg, labelsOf, problems));
  const text = (index: number): string => {
    const arg = call.args[index];
    return arg?.kind === 'literal' ? arg.text.slice(1, -1) : '';
  };
  const from = (labels: readonly string[]): void => {
    for (const label of labels)
      if (args[0]?.has(label) === false) problems.push(`${call.name} reads the label ${label}, which is not there`);
  };
  switch (call.name) {
    case 'scalar':
    case 'time':
    case 'pi':
      return undefined;
    case 'vector':
      return NONE;
    case 'absent':
    case 'absent_over_time': {
      // What it makes up: the labels that the selector asks for by `=`.
      const [selector] = call.args;
      const asked = selector?.kind === 'selector' ? selector.matchers.filter(({ operator }) => operator === '=') : [];
      return new Set(asked.map(({ label }) => label));
    }
    case 'label_replace':
      from([text(3)]);
      return new Set([...(args[0] ?? NONE), text(1)]);
    case 'label_join':
      from(call.args.slice(3).map((_, index) => text(index + 3)));
      return new Set([...(args[0] ?? NONE), text(1)]);
    case 'histogram_quantile': {
      const histogram = args[1] ?? NONE;
      if (!histogram.has('le')) problems.push('histogram_quantile needs the label le, which is gone');
      return without(histogram, ['le']);
    }
    default:
      return args.find((labels) => labels !== undefined);
  }
}

function ofAggregation(aggregation: Of<'aggregation'>, labelsOf: LabelsOf, problems: string[]): ReadonlySet<string> {
  const all = aggregation.args.map((arg) => follow(arg, labelsOf, problems));
  const labels = all.findLast((set) => set !== undefined) ?? NONE;
  const { grouping, name } = aggregation;
  for (const label of grouping?.labels ?? [])
    if (!labels.has(label))
      problems.push(`${name} ${grouping?.kind ?? ''} (${label}): there is no such label to group by`);
  if (KEEPS_LABELS.has(name)) return labels;
  const kept = grouping?.kind === 'without' ? without(labels, grouping.labels) : new Set(grouping?.labels ?? []);
  const [value] = aggregation.args;
  return name === 'count_values' && value?.kind === 'literal' ? new Set([...kept, value.text.slice(1, -1)]) : kept;
}

function ofBinary(binary: Of<'binary'>, labelsOf: LabelsOf, problems: string[]): ReadonlySet<string> | undefined {
  const left = follow(binary.left, labelsOf, problems);
  const right = follow(binary.right, labelsOf, problems);
  if (left === undefined || right === undefined) return left ?? right;
  const { matching, group, operator } = binary;
  problems.push(...matchingProblems(binary, left, right));
  if (operator === 'or') return new Set([...left, ...right]);
  if (matching?.kind !== 'on') {
    const apart = differing(without(left, matching?.labels ?? []), without(right, matching?.labels ?? []));
    if (apart.length > 0)
      problems.push(`the sides of ${operator} never meet: only one of them has ${apart.join(', ')}`);
  }
  if (SET_OPERATORS.has(operator)) return left;
  if (group !== undefined) {
    const [many, one] = group.side === 'left' ? [left, right] : [right, left];
    for (const label of group.labels)
      if (!one.has(label)) problems.push(`group_${group.side} (${label}): the other side has no such label`);
    return new Set([...many, ...group.labels]);
  }
  return matching?.kind === 'on' ? new Set(matching.labels) : without(left, matching?.labels ?? []);
}

/** `on` needs its labels on both sides; `ignoring` one that neither has is a slip too. */
function matchingProblems(
  { matching, operator }: Of<'binary'>,
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
): string[] {
  if (matching === undefined) return [];
  const { kind, labels } = matching;
  if (kind === 'ignoring')
    return labels
      .filter((label) => !left.has(label) && !right.has(label))
      .map((label) => `ignoring (${label}): neither side of ${operator} has such a label`);
  return labels.flatMap((label) =>
    [left, right].flatMap((side, index) =>
      side.has(label)
        ? []
        : [`on (${label}): the ${index === 0 ? 'left' : 'right'} side of ${operator} has no such label`],
    ),
  );
}

function without(labels: ReadonlySet<string>, removed: readonly string[]): ReadonlySet<string> {
  return new Set([...labels].filter((label) => !removed.includes(label)));
}

function differing(left: ReadonlySet<string>, right: ReadonlySet<string>): string[] {
  return [...left].filter((label) => !right.has(label)).concat([...right].filter((label) => !left.has(label)));
}
