import type { Construct } from 'constructs';
import { Application } from '../imports/argoproj.io';
import { isNeededOn } from '../model/platform/addon';
import {
  filledValues,
  mergedValues,
  OTHER_REGIONS,
  OWN_REGION,
  withValueAt,
  type Chart,
  type Values,
} from '../model/platform/chart';
import { named } from '../model/platform/named';
import { isSince, type PhaseId } from '../model/platform/phase';
import { withAlerting } from './alertmanager';
import { AFTER_LAYERS } from './layer-application';
import { applicationName, destinationServer, sharedName, type Target } from './names';
import { COMPARE_OPTIONS, syncPolicy, wave } from './sync-policy';

/** The charts that Argo CD installs on a cluster in a phase: none where somebody else looks after the add-ons. */
export function managedCharts({ platform, cluster }: Target, phase: PhaseId): Chart[] {
  if (cluster.addons === 'external') return [];
  return named(platform.charts).filter(
    ({ name, since, only }) =>
      isSince(since, phase) && isNeededOn(cluster, only) && !(cluster.provides ?? []).includes(name),
  );
}

/**
 * The wave of a chart. Those that bring kinds are in wave 0, and as far before it as charts of the same cluster wait for
 * them: so a chart that nothing waits for never moves, whatever a later phase adds.
 *
 * @param charts all that the cluster has in this phase.
 */
export function chartWave(chart: Chart, charts: readonly Chart[]): number {
  return chart.stage === 'after' ? AFTER_LAYERS : 0 - chainBehind(chart, charts);
}

/** Length of the longest chain of charts that wait, one for the other, for this one. */
function chainBehind(chart: Chart, charts: readonly Chart[]): number {
  const chains = charts.filter(({ after }) => after?.includes(chart.name)).map((next) => 1 + chainBehind(next, charts));
  return Math.max(0, ...chains);
}

/**
 * The application of one chart. It has the cascading finalizer, unlike a layer's: charts come and go with phases, and
 * an operator that stays behind would keep acting on what is left. Argo CD never deletes definitions (CRDs) that way.
 *
 * @param charts all that the cluster has in this phase, among which the chart has its wave.
 */
export function chartApplication(scope: Construct, target: Target, chart: Chart, charts: readonly Chart[]): void {
  const { settings } = target.platform;
  new Application(scope, chart.name, {
    metadata: {
      name: applicationName(target, chart.name),
      namespace: settings.argocdNamespace,
      labels: { 'app.kubernetes.io/part-of': settings.name },
      annotations: {
        ...COMPARE_OPTIONS,
        ...wave(chartWave(chart, charts)),
        'kubernetes.io/description': chart.description,
      },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: sharedName(target, 'addons'),
      source: {
        repoUrl: chart.repository,
        chart: chart.chart ?? chart.name,
        targetRevision: chart.version,
        helm: { releaseName: chart.name, valuesObject: valuesOn(target, chart) },
      },
      destination: { server: destinationServer(target), namespace: chart.namespace },
      syncPolicy: syncPolicy('CreateNamespace=true'),
    },
  });
}

function valuesOn(target: Target, chart: Chart): Values {
  const { cluster } = target;
  const values = (chart.storageClassAt ?? []).reduce(
    (values, path) => withValueAt(values, path, cluster.storage.className),
    mergedValues(chart.values, chart.valuesByFrontDoor?.[cluster.frontDoor] ?? {}),
  );
  // Last, since nothing in a notification's template is a placeholder of ours.
  const filled = filledValues(
    values,
    new Map([
      [OWN_REGION, cluster.region],
      [OTHER_REGIONS, otherRegions(target).join(',')],
    ]),
  );
  return withAlerting(filled, target, chart);
}

/** Regions that share the public name with this cluster's, sorted. */
function otherRegions({ platform, cluster }: Target): string[] {
  const regions = Object.values(platform.clusters)
    .filter((other) => isNeededOn(other, 'global'))
    .map(({ region }) => region);
  return [...new Set(regions)].filter((region) => region !== cluster.region).sort();
}
