import { isCollection, isPair, isScalar, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { z } from 'zod';
import { isSince, PHASE_IDS, type PhaseId } from './phase';
import type { Pins, Platform } from './platform';
import { formatPath, formatValue, PlatformError, type Problem } from './problems';
import { SOURCES } from './sources';

/** Shape of `platform/clusters.yaml`; `platform/clusters.schema.json` is the same for editors. */
export const pinsSchema = z.strictObject({
  clusters: z.record(z.string(), z.strictObject({ phase: z.enum(['none', ...PHASE_IDS]) })),
});

/**
 * Reads which phase each cluster runs.
 *
 * @param text content of `platform/clusters.yaml`
 * @param rendered phases that can be rendered; a pin on another one would point Argo CD at an empty folder.
 * @throws PlatformError with line and column of every problem.
 */
export function readPins(text: string, platform: Platform, rendered: readonly PhaseId[]): Pins {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const report = reporter(document, lines);
  if (document.errors.length > 0) throw new PlatformError(document.errors.map((error) => syntaxProblem(error, lines)));

  const result = pinsSchema.safeParse(document.toJS(), { reportInput: true });
  if (!result.success) {
    throw new PlatformError(
      result.error.issues.map((issue) => {
        const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
        return report([...issue.path, ...extra], issue.input, shapeMessage(issue), shapeFix(issue));
      }),
    );
  }

  const { clusters } = result.data;
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
  for (const name of Object.keys(platform.clusters)) {
    if (Object.hasOwn(clusters, name)) continue;
    problems.push(report(['clusters'], undefined, `has no pin for ${name}`, `add "${name}: { phase: none }"`));
  }
  if (problems.length > 0) throw new PlatformError(problems);
  return new Map(Object.entries(clusters).map(([name, { phase }]) => [name, phase]));
}

type Reporter = (path: readonly PropertyKey[], value: unknown, message: string, fix: string) => Problem;

function reporter(document: Document, lines: LineCounter): Reporter {
  return (path, value, message, fix) => {
    const { line, col } = lines.linePos(offsetOf(document, path));
    const text = typeof value === 'object' ? undefined : formatValue(value);
    return {
      file: SOURCES.pins,
      line,
      column: col,
      key: formatPath(path) || 'the file',
      ...(text === undefined ? {} : { value: text }),
      message,
      fix,
    };
  };
}

/** Where a value begins; for a map, where its key does; for what is missing, where the map around it does. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  if (path.length === 0) return 0;
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isCollection(parent)) {
    for (const item of parent.items) {
      if (!isPair(item) || !isScalar(item.key) || item.key.value !== path.at(-1)) continue;
      const value = isScalar(item.value) ? item.value.range?.[0] : undefined;
      return value ?? item.key.range?.[0] ?? 0;
    }
  }
  return offsetOf(document, path.slice(0, -1));
}

function syntaxProblem(error: YAMLError, lines: LineCounter): Problem {
  const { line, col } = lines.linePos(error.pos[0]);
  const at = { file: SOURCES.pins, line, column: col, key: 'the file' };
  if (error.code === 'DUPLICATE_KEY') {
    return { ...at, message: 'has this key twice in one map', fix: 'remove one of the two' };
  }
  if (error.code === 'TAB_AS_INDENT') {
    return { ...at, message: 'is indented with a tab, which YAML does not allow', fix: 'indent with spaces' };
  }
  return {
    ...at,
    message: `is not YAML: ${error.message}`,
    fix: 'correct the line; the one before it may be the cause',
  };
}

function shapeMessage(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'is not a field of this file';
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_value') return 'is no phase';
  return 'is not what belongs here';
}

function shapeFix(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `write one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'unrecognized_keys') return 'remove it, or check its spelling';
  return 'write "clusters: { <cluster>: { phase: <phase> } }" in block style';
}
