/** Everything that a rollout can report as failed, and the page that helps: `docs/runbooks/<id>.md`. */
export const RUNBOOKS = {
  'crash-loop': 'containers end again and again',
  'out-of-memory': 'containers are killed at their memory limit',
  'image-pull': 'images can not be pulled',
  'container-config': 'containers lack a Secret, a ConfigMap or a key of one',
  'no-node': 'pods find no node',
  'pods-refused': 'pods are not even created',
  'not-ready': 'pods run, and are not ready',
  'blind-autoscaler': 'an autoscaler does not see its metric',
  'sync-failed': 'Argo CD does not bring what Git holds',
  'failing-requests': 'requests fail',
  'slow-requests': 'requests are slow',
  'back-out-stuck': 'the old state does not come back',
} as const;

export type RunbookId = keyof typeof RUNBOOKS;

/** Path of a runbook below the repository. */
export function runbookFile(id: RunbookId): string {
  return `docs/runbooks/${id}.md`;
}
