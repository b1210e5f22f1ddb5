import type { Scenario } from '../stage';
import { brokenCommits } from './broken-commits';
import { healed, pruned, replicaCount } from './changes';
import { immutableChange } from './immutable';
import { losses } from './losses';
import { phaseSwitch } from './phase-switch';

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
];
