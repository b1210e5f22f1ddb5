import { asList, asRecord, textAt } from './access';

type Labels = Readonly<Record<string, string>>;

/**
 * Whether a label selector of the API (`matchLabels`, `matchExpressions`) selects these labels. No selector at all
 * selects nothing, an empty one everything.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selects(selector: unknown, labels: Labels): boolean {
  const fields = asRecord(selector);
  if (!fields) return false;
  const equal = Object.entries(asRecord(fields.matchLabels) ?? {}).every(([key, value]) => labels[key] === value);
  return equal && matchesExpressions(fields.matchExpressions, labels);
}

/** Whether labels meet every `{key, operator, values}`; `Gt` and `Lt` are those of node affinity. */
export function matchesExpressions(expressions: unknown, labels: Labels): boolean {
  return asList(expressions).every((expression) => {
    const key = textAt(expression, 'key') ?? '';
    const values = asList(asRecord(expression)?.values);
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (textAt(expression, 'operator')) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      case 'Gt':
        return value !== undefined && Number(value) > Number(values[0]);
      case 'Lt':
        return value !== undefined && Number(value) < Number(values[0]);
      default:
        return false;
    }
  });
}
