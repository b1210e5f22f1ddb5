/** How a text is measured, and where the whole of it is. */
export interface CutOptions {
  /** Address of the whole text; empty where there is none. */
  readonly details: string;
  readonly sizeOf: (text: string) => number;
}

/**
 * The text, or its beginning with a line that says how much is missing. It is cut where a part ends: between two
 * paragraphs or list entries, or after a row of a table, never inside a code fence or `<details>`, whose rest would
 * swallow what follows.
 */
export function cutMarkdown(text: string, limit: number, { details, sizeOf }: CutOptions): string {
  if (sizeOf(text) <= limit) return text;
  const lines = text.split('\n');
  const ends = partEnds(lines);
  const upTo = (end: number): string => {
    const kept = lines.slice(0, end).join('\n').trimEnd();
    return `${kept === '' ? '' : `${kept}\n\n`}${notice(lines.length - end, lines.length, details)}`;
  };
  // The more is kept, the longer it is: halve until the last end that fits is found.
  let [fits, tooLong] = [0, ends.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (sizeOf(upTo(ends[middle] ?? 0)) <= limit) fits = middle;
    else tooLong = middle;
  }
  return upTo(ends[fits] ?? 0);
}

function notice(missing: number, all: number, details: string): string {
  const where = details === '' ? 'The whole text is in the files of this run.' : `[The whole text](<${details}>).`;
  return `**Cut here: ${missing} of ${all} lines do not fit here.** ${where}`;
}

/** Numbers of lines after which the text can end, in order; 0 is one of them. */
function partEnds(lines: readonly string[]): number[] {
  const ends = [0];
  let fence = '';
  let depth = 0;
  lines.forEach((line, index) => {
    const run = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence !== '') {
      // A fence is closed by a run at least as long, with nothing behind it.
      if (run.startsWith(fence) && line.trim() === run) fence = '';
    } else if (run !== '') fence = run;
    else depth += count(line, '<details') - count(line, '</details>');
    const next = lines[index + 1] ?? '';
    const isRow = isTableRow(line) && isTableRow(next);
    const isEntry = /^[-*+] /.test(next);
    // A table is no table before its second line.
    const isHead = isRow && /^\|[\s:|-]+\|?$/.test(next);
    if (fence === '' && depth <= 0 && !isHead && (next.trim() === '' || isRow || isEntry)) ends.push(index + 1);
  });
  return ends;
}

function isTableRow(line: string): boolean {
  return line.startsWith('|');
}

function count(line: string, part: string): number {
  return line.split(part).length - 1;
}
