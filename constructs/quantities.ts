import { canonicalQuantity, parseQuantity } from '../model/quantity';
import { k8s } from './k8s';

/** A quantity as the API server hands it out, so that what is in Git is what is on the cluster. */
export function quantity(text: string): k8s.Quantity {
  return k8s.Quantity.fromString(canonicalQuantity(parseQuantity(text)));
}

/** Every value of a map of quantities, canonical. */
export function quantities(texts: Readonly<Record<string, string>>): Record<string, k8s.Quantity> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, quantity(text)]));
}
