import { quantityOf } from '../../checks/quantities';
import type { SchemaNode } from '../../model/schema/types';
import type { Step } from './difference';

/** Maps whose values are quantities in every API that uses these names. */
const QUANTITY_MAPS = new Set([
  ...['limits', 'requests', 'capacity', 'allocatable', 'overhead', 'hard', 'default', 'defaultRequest'],
  ...['minAllowed', 'maxAllowed', 'controlledResources'],
]);
const RESOURCES = /^(cpu|memory|storage|ephemeral-storage|hugepages-.*|pods|.*\/.*|(limits|requests)\..*|count\/.*)$/;

/** Operators write a quantity of their CRDs as int-or-string with the grammar as its pattern. */
const GRAMMAR_IN_CRD = '[KMGTPE]i';

/** Whether the field holds a quantity: by its schema, else by the names that every API uses for them. */
export function isQuantityField(steps: readonly Step[], node: SchemaNode | undefined): boolean {
  if (node?.type === 'quantity') return true;
  if (node?.type === 'intOrString') return node.pattern?.includes(GRAMMAR_IN_CRD) === true;
  if (node !== undefined && node.type !== 'any') return false;
  const key = steps.at(-1);
  const parent = steps.at(-2);
  if (typeof key !== 'string' || typeof parent !== 'string') return false;
  return QUANTITY_MAPS.has(parent) && RESOURCES.test(key);
}

/** True where both are quantities of one value: `1000m` and `1`, but not `1G` and `1Gi`. */
export function isSameAmount(before: unknown, after: unknown): boolean {
  const left = quantityOf(before);
  return left !== undefined && left === quantityOf(after);
}
