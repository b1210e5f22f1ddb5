import { Command } from 'commander';
import { checkCommand } from './check';
import { explainCommand } from './explain';
import { rulesCommand } from './rules';

const program = new Command('aia')
  .description('Kubernetes manifests of the AIA platform: rendered, checked, rolled out')
  .showHelpAfterError()
  // commander's own code for a wrong option is 1, which means "findings" here.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

for (const command of [checkCommand(), rulesCommand(), explainCommand()]) {
  program.addCommand(command.copyInheritedSettings(program));
}

await program.parseAsync();
