import { patternOf, type Difference } from './difference';

const TEMPLATE = /^spec\/((jobTemplate\/spec\/)?template|jobTargetRef\/template)(\/|$)/;

/** Fields of the pod template that a new revision is made for. */
export function inTemplate(differences: readonly Difference[]): readonly Difference[] {
  return differences.filter(({ steps, harmless }) => harmless === undefined && TEMPLATE.test(patternOf(steps)));
}
