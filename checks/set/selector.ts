import { asList, asRecord, shown, textAt } from '../../model/manifest/access';

/** Labels that controllers add to pods: no template shows them, so a selector on them is taken as met. */
const ADDED_LATER =
  /^(statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|pod-template-hash|controller-revision-hash|(batch\.kubernetes\.io\/)?(job-name|controller-uid|job-completion-index)|rollouts-pod-template-hash|role|security\.istio\.io\/tlsMode|service\.istio\.io\/canonical-(name|revision))$/;

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly unknown[];
}

/** What labels must be like, in one form for the three that Kubernetes and Istio write it in. */
export interface Selector {
  readonly labels: readonly (readonly [key: string, value: string])[];
  readonly requirements: readonly Requirement[];
}

/** Reads a selector: `{matchLabels, matchExpressions}`, or a plain map where `isPlain`. Undefined where there is none. */
export function readSelector(value: unknown, isPlain = false): Selector | undefined {
  const fields = asRecord(value);
  if (!fields) return undefined;
  const written = Object.entries((isPlain ? fields : asRecord(fields.matchLabels)) ?? {});
  // A template that is not rendered, such as {{name}}, reads as a map.
  if (written.some(([, value]) => typeof value === 'object')) return undefined;
  const labels = written.filter(([key]) => !ADDED_LATER.test(key)).map(([key, label]) => [key, shown(label)] as const);
  const requirements = (isPlain ? [] : asList(fields.matchExpressions)).map((one) => ({
    key: textAt(one, 'key') ?? '',
    operator: textAt(one, 'operator') ?? '',
    values: asList(asRecord(one)?.values),
  }));
  return { labels, requirements: requirements.filter(({ key }) => !ADDED_LATER.test(key)) };
}

/** True for `{}`, which takes everything. */
export function isEmpty({ labels, requirements }: Selector): boolean {
  return labels.length === 0 && requirements.length === 0;
}

/** True where the labels are as the selector wants them: all of its terms, not one of them. */
export function matches(
  { labels: wanted, requirements }: Selector,
  labels: Readonly<Record<string, unknown>>,
): boolean {
  return (
    wanted.every(([key, value]) => labels[key] !== undefined && shown(labels[key]) === value) &&
    requirements.every(({ key, operator, values }) => {
      const has = labels[key] !== undefined;
      const isListed = has && values.some((value) => shown(value) === shown(labels[key]));
      switch (operator) {
        case 'In':
          return isListed;
        case 'NotIn':
          return !isListed;
        case 'Exists':
          return has;
        case 'DoesNotExist':
          return !has;
        default:
          return true; // the schema says what is wrong with it
      }
    })
  );
}

/** The selector for a message: `app=web, tier in (a, b)`. */
export function describeSelector({ labels, requirements }: Selector): string {
  return [
    ...labels.map(([key, value]) => `${key}=${value}`),
    ...requirements.map(
      ({ key, operator, values }) =>
        `${key} ${operator}${values.length > 0 ? ` (${values.map(String).join(', ')})` : ''}`,
    ),
  ].join(', ');
}
