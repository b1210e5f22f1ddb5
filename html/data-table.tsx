import type { ComponentChildren, JSX } from 'preact';

interface DataTableProps {
  /** What is in it; also the name of the region that scrolls. */
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  /** Alignment a column: `l` or `r`. */
  readonly align?: string;
  /** The id of a row, by its place. */
  readonly rowId?: (index: number) => string;
}

/** A table that scrolls by itself where it is wider than the page; the first column names the row. */
export function DataTable({ caption, head, rows, align = '', rowId }: DataTableProps): JSX.Element {
  const side = (column: number): string | undefined => (align[column] === 'r' ? 'number' : undefined);
  return (
    // Whoever has no mouse scrolls what has the focus.
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={column} scope="col" class={side(column)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} id={rowId?.(index)}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th key={column} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={column} class={side(column)} data-label={head[column]}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
