import { edgesAmong, isHttp, type Edge } from './edges';
import { named } from './named';
import { isSince, type PhaseId } from './phase';
import { GATEWAY, type Platform } from './platform';
import { runsOn, workloadsSince } from './presence';
import { formatValue, type Problem } from './problems';
import { replicasOf } from './replicas';
import { SOURCES, workloadFile } from './sources';
import type { Workload } from './workload';

/** The mesh's pause before a repeated try, in milliseconds (Envoy's base interval, documentation of 2026). */
const RETRY_PAUSE_MS = 25;

type Report = (file: string, key: string, value: unknown, message: string, fix: string) => void;

/**
 * Problems of calls and circuit breakers: timeouts that don't nest, retries that don't fit, a breaker that could never
 * open, parts of the response time that add up to more than was promised.
 *
 * @param phases the phases that are rendered.
 */
export function meshProblems(platform: Platform, phases: readonly PhaseId[]): Problem[] {
  const problems = new Map<string, Problem>();
  const report: Report = (file, key, value, message, fix) => {
    const text = formatValue(value);
    problems.set(`${file} ${key} ${message}`, {
      file,
      key,
      ...(text === undefined ? {} : { value: text }),
      message,
      fix,
    });
  };
  for (const phase of phases) {
    const workloads = workloadsSince(platform, phase);
    const edges = edgesAmong(workloads);
    for (const edge of edges) callProblems(edge, edges, report);
    for (const workload of workloads) breakerProblems(workload, edges, platform, phase, report);
  }
  for (const workload of named(platform.workloads)) portNameProblems(workload, report);
  budgetProblems(platform, report);
  return [...problems.values()];
}

function callProblems({ from, to, call }: Edge, edges: readonly Edge[], report: Report): void {
  const file = workloadFile(to.name);
  const key = `callers.${from}`;
  const { timeoutMs, retries, streaming } = call;
  if (!isHttp(to)) {
    if (timeoutMs !== undefined || retries !== undefined) {
      report(file, key, call, 'has a timeout or retries, which only HTTP and gRPC have', 'write {}');
    }
    return;
  }
  if ((timeoutMs === undefined) !== (streaming === true)) {
    const fix = 'write timeoutMs, or streaming: true for a WebSocket, not both';
    report(file, key, call, 'needs a timeout: a caller that waits for ever hangs with what it calls', fix);
    return;
  }
  if (timeoutMs === undefined) return;
  if (retries !== undefined) {
    const tries = retries.attempts + 1;
    const needed = tries * retries.perTryTimeoutMs + retries.attempts * RETRY_PAUSE_MS;
    if (needed > timeoutMs) {
      const message = `is too short for ${tries} tries of ${retries.perTryTimeoutMs} ms and the pauses between: ${needed} ms`;
      report(file, `${key}.timeoutMs`, timeoutMs, message, `write ${needed} or more, or try less often`);
    }
    const outer = edges.find((edge) => edge.to.name === from && edge.call.retries !== undefined);
    if (outer !== undefined) {
      const message = `repeats a call that ${outer.from} to ${from} repeats too: tries multiply just when something fails`;
      report(file, `${key}.retries`, retries.attempts, message, 'let one layer repeat');
    }
  }
  for (const inner of edges) {
    if (inner.from !== to.name || inner.call.timeoutMs === undefined || inner.call.timeoutMs <= timeoutMs) continue;
    const message = `is shorter than the ${inner.call.timeoutMs} ms that ${to.name} waits for ${inner.to.name}: work would go on for nobody`;
    report(file, `${key}.timeoutMs`, timeoutMs, message, `write ${inner.call.timeoutMs} or more`);
  }
}

function breakerProblems(
  workload: Workload,
  edges: readonly Edge[],
  platform: Platform,
  phase: PhaseId,
  report: Report,
): void {
  const file = workloadFile(workload.name);
  const { destination } = workload.mesh;
  const isCalled =
    edges.some(({ from, to }) => to.name === workload.name && from !== GATEWAY) ||
    workload.callers[GATEWAY] !== undefined;
  if (isCalled && destination === undefined) {
    report(
      file,
      'mesh.destination',
      undefined,
      'is missing: the workload is called, so it needs limits and a circuit breaker',
      'add it',
    );
  }
  if (destination === undefined || workload.kind === 'CronJob') return;
  const { maxEjectionPercent } = destination.outlierDetection;
  for (const cluster of named(platform.clusters)) {
    if (!cluster.mesh || !isSince(cluster.since, phase) || !runsOn(workload, cluster)) continue;
    const minimum = replicasOf(workload, cluster, phase);
    if (maxEjectionPercent === 0 || maxEjectionPercent * minimum >= 100) continue;
    const needed = Math.ceil(100 / minimum);
    const message = `is less than one of ${minimum} pods: the circuit breaker could never open`;
    report(
      file,
      'mesh.destination.outlierDetection.maxEjectionPercent',
      maxEjectionPercent,
      message,
      `write ${needed} or more`,
    );
  }
}

/** The mesh takes a port's protocol from its name. */
function portNameProblems(workload: Workload, report: Report): void {
  workload.containers.forEach(({ ports }, index) => {
    ports.forEach(({ name, appProtocol }, position) => {
      const protocol = appProtocol === 'kubernetes.io/ws' ? 'http' : appProtocol;
      if (name === protocol || name.startsWith(`${protocol}-`)) return;
      const key = `containers[${index}].ports[${position}].name`;
      const fix = `write "${protocol}", or begin with "${protocol}-"`;
      report(workloadFile(workload.name), key, name, `does not begin with its protocol, ${appProtocol}`, fix);
    });
  });
}

function budgetProblems(platform: Platform, report: Report): void {
  const { histogramBucketsMs, responseTimeObjectiveMs, latencyBudgetMs } = platform.mesh;
  if (!histogramBucketsMs.includes(responseTimeObjectiveMs)) {
    const message = `has no bound at the objective of ${responseTimeObjectiveMs} ms: it could not be measured`;
    report(SOURCES.mesh, 'histogramBucketsMs', histogramBucketsMs, message, `add ${responseTimeObjectiveMs}`);
  }
  if (histogramBucketsMs.some((bound, index) => index > 0 && bound <= (histogramBucketsMs[index - 1] ?? 0))) {
    report(SOURCES.mesh, 'histogramBucketsMs', histogramBucketsMs, 'is not ascending', 'sort it');
  }
  const parts = Object.values(platform.workloads).reduce(
    (sum, { mesh }) => sum + (mesh.latencyBudgetMs ?? 0),
    latencyBudgetMs,
  );
  if (parts > responseTimeObjectiveMs) {
    const message = `is less than the ${parts} ms that its parts add up to`;
    report(SOURCES.mesh, 'responseTimeObjectiveMs', responseTimeObjectiveMs, message, 'lower a latencyBudgetMs');
  }
}
