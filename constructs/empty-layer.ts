import { Construct } from 'constructs';
import { k8s } from './k8s';
import type { Layer } from './layers';
import { sharedMetadata, type Site } from './site';

/**
 * Stands in a layer that has nothing in a phase, so that its folder is there and not empty.
 *
 * Argo CD takes a missing path for an error and prunes nothing, and it refuses to prune an application down to nothing.
 * Both are what we want of a broken commit, and both would leave the old phase's objects alive when a cluster goes back
 * to a phase in which the layer is empty. With one object in it the step back is a plain sync: the application stays,
 * everything but this goes.
 */
export class EmptyLayer extends Construct {
  constructor(scope: Construct, site: Site, layer: Layer) {
    super(scope, 'empty-layer');
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: {
        ...sharedMetadata(site, `${site.platform.settings.name}-${layer}`),
        annotations: {
          'kubernetes.io/description': `Keeps the place of layer ${layer}, which is empty in ${site.phase}`,
        },
      },
    });
  }
}
