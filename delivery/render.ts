import { App, Chart } from 'cdk8s';
import { LAYERS } from '../constructs/layers';
import type { KubeObject } from '../model/kube-object';
import { named } from '../model/platform/named';
import type { PhaseId } from '../model/platform/phase';
import type { Pins, Platform } from '../model/platform/platform';
import { manifestFileName, manifestText } from '../phases/manifest-file';
import { PHASES } from '../phases/phases';
import { renderCluster, type Cell } from '../phases/render';
import { rolloutAccount } from './access';
import { argocdSettings } from './argocd-settings';
import { chartApplication, managedCharts } from './chart-application';
import { layerApplication } from './layer-application';
import type { Target } from './names';
import { addonsProject, layersProject, rootProject } from './projects';
import { rootApplication } from './root-application';

/**
 * Renders what Argo CD needs for every cluster that is pinned to a phase: `<cluster>/bootstrap/`, which a person
 * applies, and `<cluster>/apps/`, which the root application of the bootstrap syncs. A cluster pinned to `none` has no
 * folder: its root application then finds no path and leaves everything as it is (docs/argocd.md has the way out).
 *
 * @param cells what the phases render, for the kinds that the layers' project allows.
 * @returns text by path below `argocd/`, with `/` between folders.
 */
export function renderDelivery(platform: Platform, pins: Pins, cells: readonly Cell[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const cluster of named(platform.clusters)) {
    const phase = pins.get(cluster.name);
    if (phase === undefined || phase === 'none') continue;
    const own = cells.filter((cell) => cell.cluster.name === cluster.name);
    for (const [folder, chart] of Object.entries(foldersOf({ platform, cluster }, phase, own))) {
      for (const object of chart.toJson() as KubeObject[]) {
        files.set(`${cluster.name}/${folder}/${manifestFileName(object)}`, manifestText(object));
      }
    }
  }
  return files;
}

function foldersOf(target: Target, phase: PhaseId, cells: readonly Cell[]): Record<string, Chart> {
  const app = new App();
  const bootstrap = new Chart(app, 'bootstrap');
  const apps = new Chart(app, 'apps');
  const addons = new Chart(app, 'addons');
  const patches = new Chart(app, 'patches');
  const access = new Chart(app, 'access');

  rootProject(bootstrap, target);
  // A standby becomes a full region by a commit, in a night in which nobody should have to apply a bootstrap.
  const { platform, cluster } = target;
  const possible =
    cluster.role === 'standby' ? [...cells, ...renderCluster(platform, { ...cluster, role: 'full' })] : cells;
  layersProject(
    bootstrap,
    target,
    possible.flatMap((cell) => cell.objects.map(({ object }) => object)),
  );
  // Of all phases, like the kinds of the layers: a chart that leaves with its phase must still be allowed to go.
  const everyChart = [
    ...new Map(PHASES.flatMap(({ id }) => managedCharts(target, id)).map((c) => [c.name, c])).values(),
  ];
  if (everyChart.length > 0) addonsProject(bootstrap, target, everyChart);
  argocdSettings(patches, target);
  rolloutAccount(access, target);
  rootApplication(bootstrap, target);

  const now = cells.find((cell) => cell.phase === phase)?.objects ?? [];
  for (const layer of LAYERS) {
    const objects = now.filter((entry) => entry.layer === layer).map(({ object }) => object);
    layerApplication(apps, target, layer, phase, objects);
  }
  const charts = managedCharts(target, phase);
  for (const chart of charts) chartApplication(addons, target, chart, charts);
  return { bootstrap, 'bootstrap/patches': patches, 'bootstrap/access': access, apps, 'apps/addons': addons };
}
