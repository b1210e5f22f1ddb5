import { dataProtectionProblems } from './data-protection-problems';
import { infrastructureProblems } from './infrastructure-problems';
import { meshProblems } from './mesh-problems';
import type { PhaseId } from './phase';
import type { Platform } from './platform';
import { PlatformError, type Problem } from './problems';
import { recoveryProblems } from './recovery-problems';
import { referenceProblems } from './references';
import { routingProblems } from './routing-problems';
import { scalingProblems } from './scaling-problems';
import { shapeProblems } from './shape';
import { undeclaredCalls } from './undeclared-calls';

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
  const problems = shape.length > 0 ? shape : semantic(platform, phases);
  if (problems.length > 0) throw new PlatformError(problems);
}

function semantic(platform: Platform, phases: readonly PhaseId[]): Problem[] {
  return [
    ...referenceProblems(platform, phases),
    ...scalingProblems(platform, phases),
    ...meshProblems(platform, phases),
    ...undeclaredCalls(platform),
    ...infrastructureProblems(platform),
    ...dataProtectionProblems(platform),
    ...recoveryProblems(platform, phases),
    ...routingProblems(platform),
  ];
}
