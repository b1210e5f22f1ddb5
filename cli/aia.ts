import { Command, CommanderError } from 'commander';
import { capacityCommand } from './capacity';
import { checkCommand } from './check';
import { commentCommand } from './comment';
import { costCommand } from './cost';
import { EXIT } from './exit-code';
import { explainCommand } from './explain';
import { reportCommand } from './report';
import { reviewCommand } from './review';
import { adoptCommand, preflightCommand, rolloutCommand, statusCommand } from './rollout';
import { rulesCommand } from './rules';
import { synthCommand } from './synth';

/** The command line; each command loads what it needs when it runs. */
async function main(): Promise<void> {
  const program = new Command('aia')
    .description('Renders, checks, reviews and rolls out the AIA platform')
    .showHelpAfterError()
    .exitOverride();
  const commands = [
    ...[
      synthCommand(),
      checkCommand(),
      rulesCommand(),
      explainCommand(),
      capacityCommand(),
      costCommand(),
      reviewCommand(),
      reportCommand(),
      commentCommand(),
    ],
    ...[preflightCommand(), adoptCommand(), rolloutCommand(), statusCommand()],
  ];
  for (const command of commands) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.failed;
      return;
    }
    console.error(error);
    console.error('This is a defect of aia: nothing was written. Please report it with the text above.');
    process.exitCode = EXIT.failed;
  }
}

await main();
