import * as z from 'zod';
import { isSince, PHASE_IDS, type PhaseId } from './phase';
import type { Pins, Platform } from './platform';
import { PlatformError } from './problems';
import { SOURCES } from './sources';
import { readYamlSource } from './yaml-source';

/** Shape of `platform/clusters.yaml`; `platform/clusters.schema.json` is the same for editors. */
export const pinsSchema = z.strictObject({
  clusters: z.record(z.string(), z.strictObject({ phase: z.enum(['none', ...PHASE_IDS]) })),
});

/**
 * Reads which phase each cluster runs; one that is not listed runs nothing yet.
 *
 * @param text content of `platform/clusters.yaml`
 * @param rendered phases that can be rendered; a pin on another one would point Argo CD at an empty folder.
 * @throws PlatformError with line and column of every problem.
 */
export function readPins(text: string, platform: Platform, rendered: readonly PhaseId[]): Pins {
  const { data, report } = readYamlSource(SOURCES.pins, text, pinsSchema, {
    invalidValue: 'is no phase',
    form: 'write "clusters: { <cluster>: { phase: <phase> } }" in block style',
  });
  const { clusters } = data;
  const problems = Object.entries(clusters).flatMap(([name, { phase }]) => {
    const path = ['clusters', name, 'phase'];
    const cluster = Object.hasOwn(platform.clusters, name) ? platform.clusters[name] : undefined;
    if (cluster === undefined) {
      const known = Object.keys(platform.clusters).join(', ');
      return report(
        ['clusters', name],
        undefined,
        `is no cluster of ${SOURCES.clusters}`,
        `write one of ${known}, or add it there`,
      );
    }
    if (phase === 'none') return [];
    if (!rendered.includes(phase)) {
      return report(path, phase, 'is not built yet', `write one of none, ${rendered.join(', ')}`);
    }
    if (isSince(cluster.since, phase)) return [];
    return report(
      path,
      phase,
      `is before ${cluster.since}, from which on ${name} takes part`,
      `write none, or ${cluster.since} or later`,
    );
  });
  if (problems.length > 0) throw new PlatformError(problems);
  // A cluster without a pin is a new one: it runs nothing until somebody promotes it.
  return new Map(Object.keys(platform.clusters).map((name) => [name, clusters[name]?.phase ?? 'none']));
}
