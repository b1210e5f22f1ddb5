import type { AlertCase } from './case';
import { deliveryCases } from './delivery';
import { jobCases } from './jobs';
import { meshCases } from './mesh';
import { nodeCases } from './nodes';
import { scalingCases } from './scaling';
import { workloadCases } from './workloads';

/** For every alert but the burn rates: what must fire it, at which minute, and what must not. */
export const alertCases: readonly AlertCase[] = [
  ...workloadCases,
  ...scalingCases,
  ...jobCases,
  ...nodeCases,
  ...meshCases,
  ...deliveryCases,
];
