import { settings } from '../settings';

/** Add-ons run on nodes that stay: those of the core and of cognitive processing, never beside inference on spot. */
export const onAddonNodes = { [`${settings.labelDomain}/addons`]: 'true' };

/** For DaemonSets that watch over every node: those of spot capacity and of edge sites are tainted. */
export const onTaintedNodes = [{ operator: 'Exists', effect: 'NoSchedule' }];

/**
 * For the definitions (CRDs) that a chart brings: they outlive the chart, since deleting one deletes every object of its
 * kind. Both are needed, or the application stays OutOfSync.
 */
export const keepDefinitions = {
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
};
