import { poolStepScript } from '../../model/platform/infrastructure';
import { gkeClusters } from '../../model/platform/infrastructure-problems';
import type { Platform } from '../../model/platform/platform';
import { textFile } from '../rendered-file';
import { buildScript } from './build';
import { clusterScript } from './cluster';
import common from './common.sh';
import { keysScript } from './keys';
import { networkScript } from './network';
import { phaseStepScript } from './phase-step';
import { poolsFile, poolSets, poolsScript } from './pools';
import { projectScript } from './project';

/** Scripts of gcloud commands for the clusters that are built as GKE, by path below `infra/`. */
export function renderGke(platform: Platform): Map<string, string> {
  const files = new Map<string, string>();
  const add = (path: string, render: (path: string) => string): void => {
    files.set(path, render(path));
  };
  const clusters = gkeClusters(platform);
  if (clusters.length === 0) return files;
  add('gke/common.sh', (path) => textFile(path, `# shellcheck shell=bash\n${common}`));
  add('gke/project.sh', (path) => projectScript(path, platform));
  for (const cluster of clusters) {
    const target = { platform, cluster };
    const folder = `gke/${cluster.name}`;
    const sets = poolSets(target);
    add(`${folder}/build.sh`, (path) => buildScript(path, target, sets));
    add(`${folder}/keys.sh`, (path) => keysScript(path, target));
    add(`${folder}/network.sh`, (path) => networkScript(path, target));
    add(`${folder}/create-cluster.sh`, (path) => clusterScript(path, target));
    sets.forEach((set, index) => {
      add(`${folder}/${poolsFile(set)}`, (path) => poolsScript(path, target, set));
      const before = sets[index - 1];
      const last = before?.phases.at(-1);
      if (before === undefined || last === undefined) return;
      // Steps go one phase at a time, so only the two phases at the border change pools.
      add(poolStepScript(cluster.name, last, set.phase), (path) =>
        phaseStepScript(path, target, before, set, set.phase),
      );
      add(poolStepScript(cluster.name, set.phase, last), (path) => phaseStepScript(path, target, set, before, last));
    });
  }
  return files;
}
