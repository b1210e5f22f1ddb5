import { asRecord, at, shown, textAt } from '../../model/manifest/access';
import { mayBeSame, type ObjectSet } from './object-set';
import { isEmpty, matches, readSelector } from './selector';

/** The label that every namespace has: its name. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/**
 * Namespaces that a namespaceSelector takes, as far as the set knows them: by name, or by the labels of its Namespace
 * objects. Undefined where it takes all, or where the labels are not in Git.
 */
export function selectedNamespaces(set: ObjectSet, value: unknown): readonly string[] | undefined {
  const selector = readSelector(value);
  if (!selector || isEmpty(selector)) return undefined;
  const name = textAt(value, 'matchLabels', NAME_LABEL);
  if (name !== undefined) return [name];
  const known = set
    .ofKind('', 'Namespace')
    .filter(({ object }) => matches(selector, { ...object.metadata.labels, [NAME_LABEL]: object.metadata.name }));
  return known.length > 0 ? known.map(({ object }) => object.metadata.name) : undefined;
}

/** The label of ambient mode, in which the node speaks mutual TLS for pods without a proxy. */
const AMBIENT = 'istio.io/dataplane-mode';

/** True where the mesh injects a proxy into the pods of the owner, as far as labels say so; undefined where they don't. */
export function isInjected(set: ObjectSet, namespace: string, template: unknown): boolean | undefined {
  const own =
    at(template, 'metadata', 'labels', 'sidecar.istio.io/inject') ??
    at(template, 'metadata', 'annotations', 'sidecar.istio.io/inject');
  if (own !== undefined) return shown(own) === 'true';
  if (at(template, 'metadata', 'labels', AMBIENT) !== undefined) return undefined;
  if (at(template, 'metadata', 'labels', 'istio.io/rev') !== undefined) return true;
  const namespaces = set.ofKind('', 'Namespace').filter(({ object }) => mayBeSame(object.metadata.name, namespace));
  if (namespaces.length !== 1 && namespace === '') return undefined;
  const labels = asRecord(namespaces[0]?.object.metadata.labels);
  if (!namespaces[0] || labels?.[AMBIENT] !== undefined) return undefined;
  return labels?.['istio-injection'] === 'enabled' || labels?.['istio.io/rev'] !== undefined;
}
