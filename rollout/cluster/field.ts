/** A field of a live object by its path; undefined where it, or anything above it, is not there. */
export function field(object: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined,
    object,
  );
}

/** The same where it is text, otherwise undefined. */
export function textField(object: unknown, ...path: readonly (string | number)[]): string | undefined {
  const value = field(object, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** The same where it is a number, otherwise undefined. */
export function numberField(object: unknown, ...path: readonly (string | number)[]): number | undefined {
  const value = field(object, ...path);
  return typeof value === 'number' ? value : undefined;
}

/** The same where it is a list, otherwise an empty one. */
export function listField(object: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = field(object, ...path);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
