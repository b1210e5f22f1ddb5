import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Bar } from './bar';
import { DataTable } from './data-table';

const widths = (text: string): string[] => [...text.matchAll(/ width="([\d.]+)"/g)].map(([, width = '']) => width);

test('a bar is as long as its share of the whole, and says it in words', () => {
  const text = renderToString(
    h(Bar, {
      label: '1 to 3 of 4 cores',
      of: 4,
      parts: [
        { value: 1, tone: 'used' },
        { value: 2, tone: 'more' },
      ],
    }),
  );
  expect(widths(text)).toEqual(['200', '50', '100']);
  expect(text).toContain('role="img" aria-label="1 to 3 of 4 cores"');
});

test('a value beyond the whole fills the bar, and of nothing there is no bar', () => {
  expect(widths(renderToString(h(Bar, { label: '', of: 4, parts: [{ value: 9, tone: 'over' }] })))).toEqual([
    '200',
    '200',
  ]);
  expect(widths(renderToString(h(Bar, { label: '', of: 0, parts: [{ value: 9, tone: 'used' }] })))).toEqual([
    '200',
    '0',
  ]);
});

test('a table names its columns and rows for a screen reader, and can be scrolled without a mouse', () => {
  const text = renderToString(
    h(DataTable, {
      caption: 'Cost',
      head: ['Cluster', 'USD'],
      align: 'lr',
      rows: [['west', '1.00']],
      rowId: () => 'row-west',
    }),
  );
  expect(text).toContain('<caption>Cost</caption>');
  expect(text).toContain('<th scope="col">Cluster</th><th scope="col" class="number">USD</th>');
  expect(text).toContain(
    '<tr id="row-west"><th scope="row">west</th><td class="number" data-label="USD">1.00</td></tr>',
  );
  expect(text).toMatch(/^<div class="scroll" role="region" aria-label="Cost" tabindex="0">/i);
});
