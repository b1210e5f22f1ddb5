/** A field's place inside one object: map keys and list indices from the top. */
export type Keys = readonly (string | number)[];

type Fields = Readonly<Record<string, unknown>>;

/** The value as a map, or undefined where it is anything else. */
export function asRecord(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The value as a list; anything else, also an absent field, is an empty list. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A number of things as the API takes it: a whole number that is not negative, of 32 bits; undefined for anything else. */
export function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31 ? value : undefined;
}

/** A value for a message: text, numbers and switches as they are, the rest by its kind. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  return String(value);
}

/** The field at `keys`, or undefined where any step is missing; YAML's null counts as missing. */
export function at(value: unknown, ...keys: Keys): unknown {
  let here: unknown = value;
  for (const key of keys) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string | number, unknown>)[key];
  }
  return here ?? undefined;
}

/** The text at `keys`, or undefined. */
export function textAt(value: unknown, ...keys: Keys): string | undefined {
  return asString(at(value, ...keys));
}
