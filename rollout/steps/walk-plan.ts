import type { Leg } from './plan-all';

/** Who is asked on the way of a plan. */
export interface Guide {
  /** Throws where the cluster is not ready for the step, or it is not the time for it. */
  readonly mustBeReady: (leg: Leg) => Promise<void>;
  /** Shows a step and asks whether it is to be made. */
  readonly wanted: (leg: Leg) => Promise<boolean>;
  /** Makes a step and holds it to its gate; returns whether it has passed. */
  readonly made: (leg: Leg) => Promise<boolean>;
}

/** How far a plan came: the step at which it ended is left out where it went to its end. */
export interface Walked {
  readonly passed: readonly Leg[];
  readonly at?: Leg;
  readonly because?: 'gate' | 'no';
}

/** Makes the steps of a plan one after another; the first that nobody wants, or whose gate does not pass, ends it. */
export async function walkPlan(legs: readonly Leg[], { mustBeReady, wanted, made }: Guide): Promise<Walked> {
  const passed: Leg[] = [];
  for (const leg of legs) {
    await mustBeReady(leg);
    if (!(await wanted(leg))) return { passed, at: leg, because: 'no' };
    if (!(await made(leg))) return { passed, at: leg, because: 'gate' };
    passed.push(leg);
  }
  return { passed };
}
