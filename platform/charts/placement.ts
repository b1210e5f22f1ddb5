import { settings } from '../settings';

/** Add-ons run where the platform's core does, never beside inference on nodes that come and go. */
export const onCorePool = { [`${settings.labelDomain}/pool`]: 'core' };

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
