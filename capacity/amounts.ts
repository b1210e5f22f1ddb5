import { addResources, NO_RESOURCES, scaleResources, type Resources } from '../model/pod-requests';
import { SCALES, type ScaleName } from '../model/scales';

/** Pods and what they request together. */
export interface Amounts extends Resources {
  readonly pods: number;
}

/** The three scales and the busiest moment of a rolling update. */
export type MomentName = ScaleName | 'rollingUpdate';
export const MOMENTS: readonly MomentName[] = [...SCALES, 'rollingUpdate'];

/** Amounts of that many pods. */
export function amountsOf(one: Resources, pods: number): Amounts {
  return { pods, ...scaleResources(one, pods) };
}

export function addAmounts(left: Amounts, right: Amounts): Amounts {
  return { pods: left.pods + right.pods, ...addResources(left, right) };
}

export const NO_AMOUNTS: Amounts = { pods: 0, ...NO_RESOURCES };
