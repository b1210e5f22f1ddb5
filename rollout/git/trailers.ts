import type { PhaseId } from '../../model/platform/phase';

/** Where a step leads from and to; `back-out` is the revert of one. */
export type StepName = `${PhaseId | 'none'}..${PhaseId}` | 'back-out';

/** What the message of a rollout's commit says for machines: Git trailers, which survive a squash. */
export interface Trailers {
  /** One rollout, which may have several steps. */
  readonly rollout: string;
  readonly step: StepName;
  readonly cluster: string;
}

const KEYS = { rollout: 'Aia-Rollout', step: 'Aia-Step', cluster: 'Aia-Cluster' } as const;

/** The message of a commit: a first line for people, then the trailers. */
export function commitMessage(subject: string, body: string, { rollout, step, cluster }: Trailers): string {
  const trailers = [`${KEYS.rollout}: ${rollout}`, `${KEYS.step}: ${step}`, `${KEYS.cluster}: ${cluster}`];
  return [subject, '', ...(body === '' ? [] : [body, '']), ...trailers, ''].join('\n');
}

/** The trailers of a message; undefined where it is no commit of a rollout. */
export function readTrailers(message: string): Trailers | undefined {
  const value = (key: string): string | undefined => new RegExp(`^${key}: (\\S+)$`, 'm').exec(message)?.[1];
  const rollout = value(KEYS.rollout);
  const step = value(KEYS.step);
  const cluster = value(KEYS.cluster);
  if (rollout === undefined || step === undefined || cluster === undefined) return undefined;
  return { rollout, step: step as StepName, cluster };
}

/**
 * Identity of a rollout: its cluster and the commit it began on. The same start always has the same one, so a re-run
 * finds its own commits.
 */
export function rolloutId(cluster: string, head: string): string {
  return `${cluster}-${head.slice(0, 12)}`;
}
