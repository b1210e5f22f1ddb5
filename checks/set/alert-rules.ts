import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import {
  parseExpression,
  PromqlError,
  selectorsOf,
  type Expression,
  type Selector,
} from '../../model/promql/expression';
import type { Member } from './member';
import type { ObjectSet } from './object-set';

/** One recording or alert of a PrometheusRule. */
export interface AlertRule {
  readonly member: Member;
  /** Where its expression stands. */
  readonly keys: Keys;
  /** Name of the series that it records. */
  readonly record: string | undefined;
  /** Undefined where it is no PromQL; `rule-expression` says so. */
  readonly expression: Expression | undefined;
}

const known = new WeakMap<ObjectSet, readonly AlertRule[]>();

/** Every rule of Prometheus in a set, parsed once. */
export function alertRules(set: ObjectSet): readonly AlertRule[] {
  const done = known.get(set);
  if (done) return done;
  const all = set.ofKind('monitoring.coreos.com', 'PrometheusRule').flatMap((member) =>
    expressionsOf(member.object).map(({ keys, rule, text }) => ({
      member,
      keys,
      record: textAt(rule, 'record'),
      expression: parsed(text),
    })),
  );
  known.set(set, all);
  return all;
}

/** The expressions of a PrometheusRule as they are written. */
export function expressionsOf(object: unknown): readonly { keys: Keys; rule: unknown; text: string }[] {
  return asList(at(object, 'spec', 'groups')).flatMap((group, index) =>
    asList(asRecord(group)?.rules).flatMap((rule, position) => {
      const text = textAt(rule, 'expr');
      return text === undefined ? [] : [{ keys: ['spec', 'groups', index, 'rules', position, 'expr'], rule, text }];
    }),
  );
}

function parsed(text: string): Expression | undefined {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof PromqlError) return undefined;
    throw error;
  }
}

/** What a selector asks of a label by equality. */
export function asked({ matchers }: Selector, label: string): string | undefined {
  return matchers.find((matcher) => matcher.label === label && matcher.operator === '=')?.value;
}

/** A selector, and the numbers that it is compared with. */
export interface Comparison {
  readonly selectors: readonly Selector[];
  readonly numbers: readonly number[];
}

const COMPARES = new Set(['>', '<', '>=', '<=', '==', '!=']);

/** Every comparison of series with numbers, however deep. */
export function comparisonsOf(expression: Expression): Comparison[] {
  switch (expression.kind) {
    case 'selector':
    case 'literal':
      return [];
    case 'call':
    case 'aggregation':
      return expression.args.flatMap(comparisonsOf);
    case 'binary': {
      const { left, right, operator } = expression;
      const inner = [...comparisonsOf(left), ...comparisonsOf(right)];
      if (!COMPARES.has(operator)) return inner;
      const sides = [
        [left, right],
        [right, left],
      ] as const;
      return [
        ...inner,
        ...sides.flatMap(([series, figure]) =>
          selectorsOf(figure).length > 0 ? [] : [{ selectors: selectorsOf(series), numbers: numbersOf(figure) }],
        ),
      ];
    }
  }
}

function numbersOf(expression: Expression): number[] {
  switch (expression.kind) {
    case 'selector':
      return [];
    case 'literal': {
      const value = Number(expression.text);
      return Number.isFinite(value) ? [value] : [];
    }
    case 'call':
    case 'aggregation':
      return expression.args.flatMap(numbersOf);
    case 'binary':
      return [...numbersOf(expression.left), ...numbersOf(expression.right)];
  }
}
