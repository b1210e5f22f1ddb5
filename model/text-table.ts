import Table from 'cli-table3';

const NO_BORDERS = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '' },
  ...{ 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' },
};

/**
 * Rows as text with their columns under each other and no lines between them, for a terminal.
 *
 * @param aligns one letter a column: `l` left, `r` right.
 */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], aligns: string): string {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (aligns[column] === 'r' ? 'right' : 'left')),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
