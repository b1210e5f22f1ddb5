import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES } from './registry';

test('docs/check.md lists every rule with its severity and title (node scripts/rule-table.mjs prints the table)', () => {
  const page = readFileSync(path.join(__dirname, '..', 'docs', 'check.md'), 'utf8').replaceAll(/ +\| */g, ' | ');
  const listed = [...page.matchAll(/^\| `([a-z-]+)` \| (error|warning|info) \| (.*?) \|/gm)].map((row) => row.slice(1));
  expect(listed).toEqual(
    RULES.map(({ id, severity, title, audience }) => [id, severity, audience === 'aia' ? `${title} (AIA)` : title]),
  );
});
