/**
 * Whether a person looks at what is printed. Node leaves `isTTY` undefined in a pipe, whatever its types say, and
 * picocolors reads undefined as "find out yourself" and then listens to FORCE_COLOR, which many CI systems set.
 */
export function toTerminal(): boolean {
  const stream: { readonly isTTY?: boolean } = process.stdout;
  return stream.isTTY === true;
}

/** Whether to print colour: on a terminal, unless NO_COLOR is set (https://no-color.org). */
export const inColor = (): boolean => toTerminal() && !process.env.NO_COLOR;
