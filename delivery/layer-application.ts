import type { Construct } from 'constructs';
import { LAYERS, type Layer } from '../constructs/layers';
import { Application } from '../imports/argoproj.io';
import type { KubeObject } from '../model/kube-object';
import type { PhaseId } from '../model/platform/phase';
import { ignoredReplicas } from './autoscaled';
import { applicationName, destinationServer, sharedName, type Target } from './names';
import { COMPARE_OPTIONS, syncPolicy, wave } from './sync-policy';

/** Wave of a layer's application; wave 0 is the charts' that bring kinds. */
function waveOf(layer: Layer): number {
  return 1 + LAYERS.indexOf(layer);
}

/** Wave of the charts that come after the layers. */
export const AFTER_LAYERS = 1 + LAYERS.length;

/**
 * The application of one layer. Its path is the whole of a promotion: another phase is another folder.
 *
 * It has no finalizer: it stays as long as the cluster is pinned to a phase, so nothing ever needs its deletion to
 * cascade, and whoever deletes it by mistake does not delete the platform with it.
 *
 * Replicas that autoscalers own are ignored and respected from the very commit that moves the path: either of them
 * alone scales a running service down.
 *
 * @param objects what the layer holds in that phase on that cluster.
 */
export function layerApplication(
  scope: Construct,
  target: Target,
  layer: Layer,
  phase: PhaseId,
  objects: readonly KubeObject[],
): void {
  const ignoreDifferences = ignoredReplicas(objects);
  const { settings } = target.platform;
  new Application(scope, layer, {
    metadata: {
      name: applicationName(target, layer),
      namespace: settings.argocdNamespace,
      labels: { 'app.kubernetes.io/part-of': settings.name },
      annotations: { ...COMPARE_OPTIONS, ...wave(waveOf(layer)) },
    },
    spec: {
      project: sharedName(target, 'layers'),
      source: {
        repoUrl: settings.repositoryUrl,
        targetRevision: settings.branch,
        path: `dist/${phase}/${target.cluster.name}/${layer}`,
      },
      destination: { server: destinationServer(target), namespace: settings.namespace },
      ...(ignoreDifferences === undefined ? {} : { ignoreDifferences }),
      syncPolicy: syncPolicy('RespectIgnoreDifferences=true'),
    },
  });
}
