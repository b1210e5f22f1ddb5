/**
 * JSON as our commands print it: two spaces, a new line at the end. Exact integers become numbers; those beyond what
 * JSON readers keep exactly (2⁵³) become text.
 */
export function jsonText(value: unknown): string {
  const exact = (_: string, entry: unknown): unknown => {
    if (typeof entry !== 'bigint') return entry;
    return Number.isSafeInteger(Number(entry)) ? Number(entry) : String(entry);
  };
  return `${JSON.stringify(value, exact, 2)}\n`;
}
