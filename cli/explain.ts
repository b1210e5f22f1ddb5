import { Command } from 'commander';
import { EXIT } from './exit-code';

/** `aia explain RULE`: why, how to fix it, where it is said, and two samples. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('tell the story of a rule, with a manifest that passes and one that fails')
    .argument('<rule>', 'name of the rule, see aia rules')
    .action(async (id: string) => {
      const [{ RULES }, { explain }, { nearest }] = await Promise.all([
        import('../checks/registry'),
        import('../checks/output/explain'),
        import('../model/schema/nearest'),
      ]);
      const rule = RULES.find((one) => one.id === id);
      if (rule) {
        process.stdout.write(explain(rule));
        return;
      }
      const meant = nearest(
        id,
        RULES.map((one) => one.id),
      );
      process.stderr.write(
        `aia explain: there is no rule "${id}".${meant ? ` Did you mean ${meant}?` : ''} aia rules lists them.\n`,
      );
      process.exitCode = EXIT.failed;
    });
}
