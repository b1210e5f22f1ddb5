import type { ApplicationSpecSyncPolicy } from '../imports/argoproj.io';

/** Compares by a server-side dry run: defaults and list order of the API server are no difference then. */
export const COMPARE_OPTIONS = { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' };

/** Order in which the root application syncs the others; it waits for each wave to be healthy. */
export function wave(number: number): Record<string, string> {
  return { 'argocd.argoproj.io/sync-wave': String(number) };
}

/**
 * The sync policy that all applications share.
 *
 * Three retries and no more: while an operation is being retried, Argo CD does not look at a newer commit that moves
 * the path. There are no sync windows, which would stop self-heal and the way back too, and no `Prune=confirm`, for
 * which the whole sync waits.
 */
export function syncPolicy(...options: string[]): ApplicationSpecSyncPolicy {
  return {
    // allowEmpty false: a commit that empties a path prunes nothing.
    automated: { prune: true, selfHeal: true, allowEmpty: false },
    syncOptions: ['ServerSideApply=true', 'ApplyOutOfSyncOnly=true', 'FailOnSharedResource=true', ...options],
    retry: { limit: 3, refresh: true, backoff: { duration: '5s', factor: 2, maxDuration: '1m' } },
  };
}
