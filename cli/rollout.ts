import { Command, Option } from 'commander';
import type { RolloutOptions } from './run-rollout';

/** Which cluster, and how it is reached: the same for every command that looks at one. */
export const CLUSTER_OPTIONS = {
  cluster: (): Option =>
    new Option('--cluster <name>', 'one of platform/clusters.ts; needed where several could be meant'),
  context: (): Option => new Option('--context <name>', 'context of the kubeconfig (default: the current one)'),
  to: (): Option =>
    new Option('--to <phase>', 'phase to reach, one at a time').choices(['phase-1', 'phase-2', 'phase-3']),
};

/** `aia rollout`: moves a cluster to a phase behind a gate; exit code 0 passed, 1 not passed, 2 could not do it. */
export function rolloutCommand(): Command {
  return new Command('rollout')
    .description('move a cluster to a phase: commit, watch Argo CD, hold to the gate, take back what fails')
    .addOption(
      new Option(
        '--cluster <name>',
        'one of platform/clusters.ts; several with commas for --staged and --optimize-all',
      ),
    )
    .addOption(new Option('--context <context...>', 'context of the kubeconfig, or NAME=CONTEXT for each cluster'))
    .addOption(CLUSTER_OPTIONS.to())
    .addOption(new Option('--quick-fix', 'to phase 1, behind its gate of 85 %').conflicts('to'))
    .addOption(
      new Option('--optimize-all', 'every cluster to the last phase, unattended').conflicts([
        'to',
        'quickFix',
        'staged',
      ]),
    )
    .addOption(
      new Option('--staged', 'the same, showing each step and asking before it').conflicts(['to', 'quickFix', 'yes']),
    )
    .addOption(new Option('--via <way>', 'how commits get onto the branch').choices(['push', 'pr']).default('push'))
    .option('--prometheus <url>', 'also hold to success rate and response time, as this Prometheus has them')
    .option('--dry-run', 'show preflight, what would change and the gate; touch nothing', false)
    .option('--now', 'do not wait for the end of the peak', false)
    .option('--yes', 'do not ask; needed without a terminal', false)
    .action(async (options: RolloutOptions) => {
      const { runRollout } = await import('./run-rollout');
      process.exitCode = await runRollout(options);
    });
}

/** `aia preflight`: exit code 0 ready, 1 something stands in the way. */
export function preflightCommand(): Command {
  return new Command('preflight')
    .description('ask whether a cluster is ready for a phase; says the remedy of everything that is not')
    .addOption(CLUSTER_OPTIONS.cluster())
    .addOption(CLUSTER_OPTIONS.context())
    .addOption(CLUSTER_OPTIONS.to())
    .option('--json', 'for programs', false)
    .action(async (options: { cluster?: string; context?: string; to?: string; json: boolean }) => {
      const { runPreflight } = await import('./run-preflight');
      process.exitCode = await runPreflight(options);
    });
}

/** `aia adopt`: prints; changes nothing. */
export function adoptCommand(): Command {
  return new Command('adopt')
    .description('write the runbook by which objects that exist already become those of Git')
    .addOption(CLUSTER_OPTIONS.cluster())
    .addOption(CLUSTER_OPTIONS.context())
    .addOption(CLUSTER_OPTIONS.to())
    .addOption(
      new Option('--commands <part>', 'only the commands of one part, for a shell').choices(['before', 'after']),
    )
    .action(async (options: { cluster?: string; context?: string; to?: string; commands?: 'before' | 'after' }) => {
      const { runAdopt } = await import('./run-adopt');
      process.exitCode = await runAdopt(options);
    });
}

/** `aia status`: exit code 0 every gate holds, 1 one does not. */
export function statusCommand(): Command {
  return new Command('status')
    .description("each cluster's phase, health, sync, gate, cost, and what holds the next step back")
    .option('--context <contexts...>', 'CLUSTER=CONTEXT, or one context whose namespace says which cluster it is')
    .option('--watch', 'again and again, until you end it', false)
    .option('--json', 'for programs', false)
    .action(async (options: { context?: string[]; watch: boolean; json: boolean }) => {
      const { runStatus } = await import('./run-status');
      process.exitCode = await runStatus(options);
    });
}
