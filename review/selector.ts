import { asList, asRecord, at, textAt } from '../model/manifest/access';

/** Whether a label selector takes these labels; one that is absent takes nothing, an empty one everything. */
export function selects(selector: unknown, labels: Readonly<Record<string, unknown>>): boolean {
  const record = asRecord(selector);
  if (!record) return false;
  const wanted = Object.entries(asRecord(record.matchLabels) ?? {});
  if (!wanted.every(([key, value]) => labels[key] === value)) return false;
  return asList(record.matchExpressions).every((expression) => {
    const value = labels[textAt(expression, 'key') ?? ''];
    const values = asList(at(expression, 'values'));
    switch (textAt(expression, 'operator')) {
      case 'In':
        return values.includes(value);
      case 'NotIn':
        return !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}
