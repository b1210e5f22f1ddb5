import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** One condition on a label: `le=~"200(\\.0)?"`. */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** `istio_requests_total{reporter="source"}`, with whatever range or offset. */
export interface Selector {
  readonly kind: 'selector';
  /** Undefined where the expression names none, as in `{job="x"}`. */
  readonly metric: string | undefined;
  readonly matchers: readonly Matcher[];
}

/** A PromQL expression, without what says nothing of metrics and labels: ranges, offsets, parentheses, signs. */
export type Expression =
  | Selector
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'aggregation';
      readonly name: string;
      readonly grouping: { readonly kind: 'by' | 'without'; readonly labels: readonly string[] } | undefined;
      readonly args: readonly Expression[];
    }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly matching: { readonly kind: 'on' | 'ignoring'; readonly labels: readonly string[] } | undefined;
      readonly group: { readonly side: 'left' | 'right'; readonly labels: readonly string[] } | undefined;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Text that is not PromQL. The position counts characters from 0. */
export class PromqlError extends Error {
  override readonly name = 'PromqlError';

  constructor(
    readonly text: string,
    readonly position: number,
  ) {
    super(`is no PromQL: at character ${position + 1}, before "${text.slice(position, position + 20)}"`);
  }
}

/**
 * Parses PromQL with Prometheus's own grammar, as its web pages and Grafana do. It knows syntax only: that `rate` wants a
 * range is for promtool to say.
 *
 * @throws PromqlError where the text is none.
 */
export function parseExpression(text: string): Expression {
  const top = parser.parse(text).topNode;
  const fault = firstError(top);
  if (fault !== undefined) throw new PromqlError(text, fault);
  const [root] = children(top);
  if (root === undefined) throw new PromqlError(text, 0);
  return read(root, text);
}

/** Every selector of an expression, from left to right. */
export function selectorsOf(expression: Expression): Selector[] {
  switch (expression.kind) {
    case 'selector':
      return [expression];
    case 'literal':
      return [];
    case 'call':
    case 'aggregation':
      return expression.args.flatMap(selectorsOf);
    case 'binary':
      return [...selectorsOf(expression.left), ...selectorsOf(expression.right)];
  }
}

/** Names of the metrics that an expression asks for, without repetition. */
export function metricsOf(expression: Expression): string[] {
  return [...new Set(selectorsOf(expression).flatMap(({ metric }) => (metric === undefined ? [] : [metric])))];
}

function read(node: SyntaxNode, text: string): Expression {
  const inner = (name: string): SyntaxNode | null => node.getChild(name);
  switch (node.name) {
    case 'VectorSelector':
      return selector(node, text);
    case 'FunctionCall':
      return { kind: 'call', name: slice(inner('FunctionIdentifier'), text), args: args(node, text) };
    case 'AggregateExpr':
      return aggregation(node, text);
    case 'BinaryExpr':
      return binary(node, text);
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return { kind: 'literal', text: slice(node, text) };
    default: {
      // A range, an offset, `@`, parentheses, a sign: what they are about comes first among what can stand alone.
      const subject = children(node).find(({ name }) => STANDS_ALONE.test(name));
      if (subject === undefined) throw new PromqlError(text, node.from);
      return read(subject, text);
    }
  }
}

const STANDS_ALONE = /(Expr|Selector|Call)$|^NumberDurationLiteral$|^StringLiteral$/;

function selector(node: SyntaxNode, text: string): Selector {
  const matchers = (node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map(
    (matcher): Matcher => ({
      label: slice(matcher.getChild('LabelName'), text),
      operator: slice(matcher.getChild('MatchOp'), text) as Matcher['operator'],
      value: unquoted(slice(matcher.getChild('StringLiteral'), text)),
    }),
  );
  const name = node.getChild('Identifier');
  const named = matchers.find(({ label, operator }) => label === '__name__' && operator === '=');
  return {
    kind: 'selector',
    metric: name === null ? named?.value : slice(name, text),
    matchers: matchers.filter(({ label }) => label !== '__name__'),
  };
}

function aggregation(node: SyntaxNode, text: string): Expression {
  const modifier = node.getChild('AggregateModifier');
  return {
    kind: 'aggregation',
    name: slice(node.getChild('AggregateOp'), text),
    grouping:
      modifier === null
        ? undefined
        : {
            kind: modifier.getChild('By') === null ? 'without' : 'by',
            labels: labels(modifier.getChild('GroupingLabels'), text),
          },
    args: args(node, text),
  };
}

function binary(node: SyntaxNode, text: string): Expression {
  const parts = children(node);
  const left = parts[0];
  const right = parts.at(-1);
  const operator = parts[1];
  if (left === undefined || right === undefined || operator === undefined) throw new PromqlError(text, node.from);
  const clause = node.getChild('MatchingModifierClause');
  const lists = clause?.getChildren('GroupingLabels') ?? [];
  const grouped = clause?.getChild('GroupLeft') ?? clause?.getChild('GroupRight') ?? null;
  const matched = clause?.getChild('On') ?? clause?.getChild('Ignoring') ?? null;
  return {
    kind: 'binary',
    operator: slice(operator, text).toLowerCase(),
    matching:
      matched === null
        ? undefined
        : { kind: matched.name === 'On' ? 'on' : 'ignoring', labels: labels(lists[0] ?? null, text) },
    group:
      grouped === null
        ? undefined
        : {
            side: grouped.name === 'GroupLeft' ? 'left' : 'right',
            labels: labels(lists.find(({ from }) => from > grouped.from) ?? null, text),
          },
    left: read(left, text),
    right: read(right, text),
  };
}

function args(node: SyntaxNode, text: string): Expression[] {
  return children(node.getChild('FunctionCallBody')).map((child) => read(child, text));
}

function labels(list: SyntaxNode | null, text: string): string[] {
  return (list?.getChildren('LabelName') ?? []).map((label) => slice(label, text));
}

function children(node: SyntaxNode | null): SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) all.push(child);
  return all;
}

function firstError(top: SyntaxNode): number | undefined {
  let found: number | undefined;
  top.cursor().iterate((node) => {
    if (node.type.isError) found ??= node.from;
  });
  return found;
}

function slice(node: SyntaxNode | null, text: string): string {
  return node === null ? '' : text.slice(node.from, node.to);
}

/** The text of a quoted literal; backquotes take it as it is, the others know escapes. */
function unquoted(literal: string): string {
  const body = literal.slice(1, -1);
  return literal.startsWith('`') ? body : body.replace(/\\(.)/g, '$1');
}
