import { sampleFiles } from '../samples';

/** Two phases of one cluster, for the samples of rules on a step between them. */
export function samplePhases(before: string, after: string, file = 'workloads/web.yaml'): string {
  return sampleFiles({ [`dist/phase-1/west/${file}`]: before, [`dist/phase-2/west/${file}`]: after });
}
