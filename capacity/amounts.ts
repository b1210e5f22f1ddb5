import { addResources, NO_RESOURCES, scaleResources, type Resources } from '../model/pod-requests';
import { SCALES, type ScaleName } from './arena';

/** Pods and what they request together. */
export interface Amounts extends Resources {
  readonly pods: number;
}

/** The three scales and the busiest moment of a rolling update. */
export type MomentName = ScaleName | 'rollingUpdate';
export const MOMENTS: readonly MomentName[] = [...SCALES, 'rollingUpdate'];

/** The same value for each scale. */
export function perScale<T>(value: (scale: ScaleName) => T): Record<ScaleName, T> {
  return { minimum: value('minimum'), expected: value('expected'), maximum: value('maximum') };
}

/** Amounts of that many pods. */
export function amountsOf(one: Resources, pods: number): Amounts {
  return { pods, ...scaleResources(one, pods) };
}

export function addAmounts(left: Amounts, right: Amounts): Amounts {
  return { pods: left.pods + right.pods, ...addResources(left, right) };
}

export const NO_AMOUNTS: Amounts = { pods: 0, ...NO_RESOURCES };
