import { applicationStates, type ApplicationState } from '../cluster/applications';
import { LAYERS, layerName, rootName } from '../cluster/site';
import type { IsAtOrAfter } from '../gates/carried-out';
import type { StepContext } from './context';

/** Tells Argo CD to look at Git for every application of the cluster that reads this repository. */
export async function refreshAll({ live, site }: StepContext): Promise<void> {
  const { argocdNamespace } = site.platform.settings;
  const there = new Set((await applicationsOf({ live, site })).map(({ name }) => name));
  for (const name of [rootName(site), ...LAYERS.map((layer) => layerName(site, layer))]) {
    if (there.has(name)) await live.refresh(argocdNamespace, name);
  }
}

/** The applications of the cluster, root first. */
export async function applicationsOf({ live, site }: Pick<StepContext, 'live' | 'site'>): Promise<ApplicationState[]> {
  const found = await live.list('argoproj.io/v1alpha1', 'Application', site.platform.settings.argocdNamespace);
  return applicationStates(found, { root: rootName(site), cluster: site.cluster.name });
}

/**
 * Ends the first operation that still carries out an older commit, root before the others: the root would start theirs
 * again. Argo CD takes up no newer commit while an operation is being retried or waits for health.
 *
 * @returns the application whose operation was ended.
 */
export async function endOldOperation(context: StepContext, isAtOrAfter: IsAtOrAfter): Promise<string | undefined> {
  for (const { name, operation, operationRevision, path } of await applicationsOf(context)) {
    // A chart's revision is a version, and no commit of ours moves it.
    if (operation !== 'Running' || path === undefined || operationRevision === undefined) continue;
    if (await isAtOrAfter(operationRevision)) continue;
    await context.live.terminate(context.site.platform.settings.argocdNamespace, name);
    return name;
  }
  return undefined;
}
