import type { PhaseId } from './phase';
import type { Platform } from './platform';
import { PlatformError } from './problems';
import { referenceProblems } from './references';
import { scalingProblems } from './scaling-problems';
import { shapeProblems } from './shape';

/**
 * Refuses data that can't be rendered. References are looked at only where the shape is right, since a missing list
 * would otherwise be reported once for itself and once for everything that reads it.
 *
 * @param phases the phases that are rendered; places to run are looked for in these only.
 *
 * @throws PlatformError with every problem found.
 */
export function validatePlatform(platform: Platform, phases: readonly PhaseId[]): void {
  const shape = shapeProblems(platform);
  const problems =
    shape.length > 0 ? shape : [...referenceProblems(platform, phases), ...scalingProblems(platform, phases)];
  if (problems.length > 0) throw new PlatformError(problems);
}
