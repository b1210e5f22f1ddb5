import type { Scenario } from '../stage';
import { autoHealing } from './auto-healing';
import { brokenCommits } from './broken-commits';
import { healed, pruned, replicaCount } from './changes';
import { immutableChange } from './immutable';
import { losses } from './losses';
import { phaseSwitch } from './phase-switch';
import { everything } from './rollout-everything';
import { killedAnywhere } from './rollout-kills';
import { lossesMeanwhile } from './rollout-losses';
import { amongOthers } from './rollout-others';
import { quickFix } from './rollout-quick-fix';
import { staged } from './rollout-staged';
import { rolloutThatFails, rolloutThatPasses } from './rollout-steps';
import { runbookCommands } from './runbook-commands';
import { takeover } from './takeover';

export { bootstrap } from './bootstrap';
export { dryRun } from './dry-run';

/** What is played once the platform is up, in order; each leaves it healthy. */
export const SCENARIOS: readonly Scenario[] = [
  replicaCount,
  healed,
  pruned,
  ...brokenCommits,
  immutableChange,
  phaseSwitch,
  losses,
  runbookCommands,
  autoHealing,
  rolloutThatPasses,
  staged,
  amongOthers,
  lossesMeanwhile,
  everything,
  killedAnywhere,
];

/** What only a standby region can show. */
export const OF_A_STANDBY: readonly Scenario[] = [takeover];

/** What begins otherwise, each on a control plane of its own. */
export const ALONE: readonly Scenario[] = [quickFix, rolloutThatFails];
