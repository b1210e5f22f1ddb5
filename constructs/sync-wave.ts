/** Argo CD applies lower waves first and prunes them last; without the annotation an object is in wave 0. */
export function syncWave(wave: number): Readonly<Record<string, string>> {
  return { 'argocd.argoproj.io/sync-wave': String(wave) };
}

/** What allows goes before what denies: in the other order every call would fail in between. */
export const BEFORE_DENIALS = syncWave(-1);

/** After the workloads: a route counts from the moment its pods are there. */
export const AFTER_WORKLOADS = syncWave(1);
