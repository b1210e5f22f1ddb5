import { Command } from 'commander';

/** `aia synth`: renders the platform into `dist/`, or with `--check` only says what would change. */
export function synthCommand(): Command {
  return new Command('synth')
    .description('render every phase and cluster into dist/')
    .option('--check', 'write nothing; exit 1 and list the files that are not what the code renders')
    .action(async (options: { check?: boolean }) => {
      const { runSynth } = await import('./run-synth');
      process.exitCode = await runSynth(options.check === true);
    });
}
