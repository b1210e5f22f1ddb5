import { setTimeout as sleep } from 'node:timers/promises';

/** Time, so that a test of a four hours' deadline takes no four hours. */
export interface Clock {
  /** ms since 1970. */
  readonly now: () => number;
  /** Returns early, without an error, where the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};
