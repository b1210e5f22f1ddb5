/** A piece of data together with the key it stands under, which is its name. */
export type Named<T> = T & { readonly name: string };

/** The entries of a record with their names, in the order of the names: order in a file never shows in the output. */
export function named<T extends object>(entries: Readonly<Record<string, T>>): Named<T>[] {
  return Object.entries(entries)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, entry]) => ({ ...entry, name }));
}
