import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** Values that expressions of a workflow or an action read: `github`, `inputs`, `steps`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** Text with `${{ }}` in it, as a runner passes it on. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluate(expression, contexts).coerceString());
}

/** An `if`, with or without `${{ }}` around it. */
export function holds(condition: string, contexts: Contexts): boolean {
  const result = evaluate(condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1'), contexts);
  return !['', 'false', '0'].includes(result.coerceString());
}

/** GitHub's own evaluator; throws on a context that is not there. */
function evaluate(expression: string, contexts: Contexts): data.ExpressionData {
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), []).parse();
  const values = dataOf(contexts);
  if (!(values instanceof data.Dictionary)) throw new Error('contexts are a map');
  return new Evaluator(parsed, values).evaluate();
}

function dataOf(value: unknown): data.ExpressionData {
  switch (typeof value) {
    case 'string':
      return new data.StringData(value);
    case 'number':
      return new data.NumberData(value);
    case 'boolean':
      return new data.BooleanData(value);
    case 'object':
      if (value !== null)
        return new data.Dictionary(...Object.entries(value).map(([key, one]) => ({ key, value: dataOf(one) })));
  }
  return new data.Null();
}
