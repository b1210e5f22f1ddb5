/** More nodes than the largest real manifest has; a stream that expands beyond it is an attack or a mistake. */
const MOST_NODES = 5_000_000;

/**
 * Says why the aliases of parsed documents can't be followed: one that contains itself has no end, and a few lines of
 * aliases of aliases can stand for billions of nodes ("billion laughs"). Sizes are computed once per shared node,
 * so that the check itself takes time in proportion to the text.
 */
export function unsafeAlias(documents: readonly unknown[]): string | undefined {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const cyclic = new Set<object>();

  function sizeOf(value: unknown): number {
    if (typeof value !== 'object' || value === null) return 1;
    if (open.has(value)) {
      cyclic.add(value);
      return 1;
    }
    const known = sizes.get(value);
    if (known !== undefined) return known;
    open.add(value);
    let size = 1;
    for (const child of Object.values(value)) size += sizeOf(child);
    open.delete(value);
    sizes.set(value, size);
    return size;
  }

  let total = 0;
  for (const document of documents) total += sizeOf(document);
  if (cyclic.size > 0) return 'has an alias that contains itself';
  if (total > MOST_NODES) return `has aliases that expand to more than ${MOST_NODES} values`;
  return undefined;
}
