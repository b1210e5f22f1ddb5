import { Command } from 'commander';

/** `aia rules`: every rule with its severity. */
export function rulesCommand(): Command {
  return new Command('rules').description('list the rules of aia check').action(async () => {
    const [{ RULES }, { default: Table }] = await Promise.all([import('../checks/registry'), import('cli-table3')]);
    const table = new Table({
      head: ['Rule', 'Severity', 'What it finds'],
      style: { head: [], border: [], compact: true },
      chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    });
    for (const { id, severity, title, audience } of RULES) {
      table.push([id, severity, audience === 'aia' ? `${title} (only AIA's own data)` : title]);
    }
    process.stdout.write(`${table.toString()}\n${RULES.length} rules. aia explain RULE says why and shows samples.\n`);
  });
}
