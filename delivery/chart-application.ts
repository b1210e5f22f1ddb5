import type { Construct } from 'constructs';
import { Application } from '../imports/argoproj.io';
import { isNeededOn } from '../model/platform/addon';
import { withValueAt, type Chart, type Values } from '../model/platform/chart';
import { named } from '../model/platform/named';
import { isSince, type PhaseId } from '../model/platform/phase';
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
 * The application of one chart. It has the cascading finalizer, unlike a layer's: charts come and go with phases, and
 * an operator that stays behind would keep acting on what is left. Argo CD never deletes definitions (CRDs) that way.
 */
export function chartApplication(scope: Construct, target: Target, chart: Chart): void {
  const { settings } = target.platform;
  new Application(scope, chart.name, {
    metadata: {
      name: applicationName(target, chart.name),
      namespace: settings.argocdNamespace,
      labels: { 'app.kubernetes.io/part-of': settings.name },
      annotations: {
        ...COMPARE_OPTIONS,
        ...wave(chart.stage === 'before' ? 0 : AFTER_LAYERS),
        'kubernetes.io/description': chart.description,
      },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: sharedName(target, 'addons'),
      source: {
        repoUrl: chart.repository,
        chart: chart.name,
        targetRevision: chart.version,
        helm: { releaseName: chart.name, valuesObject: valuesOn(target, chart) },
      },
      destination: { server: destinationServer(target), namespace: chart.namespace },
      syncPolicy: syncPolicy('CreateNamespace=true'),
    },
  });
}

function valuesOn({ cluster }: Target, chart: Chart): Values {
  return (chart.storageClassAt ?? []).reduce(
    (values, path) => withValueAt(values, path, cluster.storage.className),
    chart.values,
  );
}
