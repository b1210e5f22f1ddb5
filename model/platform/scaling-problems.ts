import { parseQuantity } from '../quantity';
import type { VerticalScaling } from './autoscaling';
import { named } from './named';
import { atPhase, isSince, type PhaseId } from './phase';
import type { Platform } from './platform';
import { runsOn } from './presence';
import { formatValue, type Problem } from './problems';
import { replicasOf, scalingOf } from './replicas';
import { workloadFile } from './sources';
import type { ServedWorkload } from './workload';

type Report = (key: string, value: unknown, message: string, fix: string) => void;

/**
 * Problems between the minimum of a workload and what depends on it: maximum, peak floor, fallback, budget; and
 * between vertical scaling and the container's resources. One number moved must move the others, or be refused.
 *
 * @param phases the phases that are rendered.
 */
export function scalingProblems(platform: Platform, phases: readonly PhaseId[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const cluster of named(platform.clusters)) {
    for (const workload of named(platform.workloads)) {
      if (workload.kind === 'CronJob') continue;
      for (const phase of phases) {
        if (!isSince(workload.since, phase) || !isSince(cluster.since, phase) || !runsOn(workload, cluster)) continue;
        const report: Report = (key, value, message, fix) => {
          const text = formatValue(value);
          const problem = {
            file: workloadFile(workload.name),
            key,
            ...(text === undefined ? {} : { value: text }),
            message,
            fix,
          };
          // Several clusters and phases share the data; one message is enough.
          problems.set(`${problem.file} ${key} ${message}`, problem);
        };
        const minimum = replicasOf(workload, cluster, phase);
        budgetProblems(workload, minimum, report);
        const { horizontal, vertical } = scalingOf(workload, cluster, phase);
        if (horizontal !== undefined) horizontalProblems(workload, phase, minimum, report);
        if (vertical !== undefined) verticalProblems(workload, phase, vertical, report);
      }
    }
  }
  return [...problems.values()];
}

function budgetProblems(workload: ServedWorkload, minimum: number, report: Report): void {
  const { minAvailable, maxUnavailable } = workload.budget;
  // A single pod gets no budget.
  if (minimum < 2) return;
  if (minAvailable !== undefined && minAvailable >= minimum) {
    const fix = `lower it to ${minimum - 1}, or raise the replicas to ${minAvailable + 1}`;
    report(
      'budget.minAvailable',
      minAvailable,
      `lets no pod go at the minimum of ${minimum}: nodes could never be drained`,
      fix,
    );
  }
  if (maxUnavailable !== undefined && maxUnavailable >= minimum) {
    const fix = `lower it to ${minimum - 1} or less`;
    report('budget.maxUnavailable', maxUnavailable, `lets all ${minimum} pods go at once`, fix);
  }
  if (workload.kind !== 'Deployment') return;
  const allowed = maxUnavailable ?? minimum - (minAvailable ?? 0);
  // A budget that lets nobody go is reported above.
  if (allowed > 0 && workload.rollout.maxUnavailable > allowed) {
    const message = `lets a rollout take more pods than the ${allowed} that the budget lets go: nobody holds a rollout to the budget`;
    report('rollout.maxUnavailable', workload.rollout.maxUnavailable, message, `write ${allowed} or less`);
  }
}

function horizontalProblems(workload: ServedWorkload, phase: PhaseId, minimum: number, report: Report): void {
  const autoscaling = workload.autoscaling && atPhase(workload.autoscaling, phase);
  if (autoscaling === undefined) return;
  const at = `autoscaling.${phase}`;
  if (minimum < 2) {
    report(
      `replicas.${phase}`,
      minimum,
      'is the minimum of an autoscaled workload: one pod is no redundancy',
      'write 2 or more',
    );
  }
  if (autoscaling.maxReplicas <= minimum) {
    const fix = `write ${minimum + 1} or more, or lower the replicas`;
    report(`${at}.maxReplicas`, autoscaling.maxReplicas, `leaves no room above the minimum of ${minimum}`, fix);
  }
  if (!workload.containers.some(({ name }) => name === autoscaling.cpu.container)) {
    const fix = `write ${workload.containers.map(({ name }) => name).join(' or ')}`;
    report(
      `${at}.cpu.container`,
      autoscaling.cpu.container,
      'is no container of this workload: the autoscaler would be blind',
      fix,
    );
  }
  if (autoscaling.kind !== 'ScaledObject') return;
  const { peakReplicas, fallback, maxReplicas } = autoscaling;
  if (peakReplicas !== undefined && (peakReplicas <= minimum || peakReplicas > maxReplicas)) {
    const message = `is not above the minimum of ${minimum} and within the maximum of ${maxReplicas}: the floor would do nothing`;
    report(`${at}.peakReplicas`, peakReplicas, message, `write ${minimum + 1} to ${maxReplicas}, or leave it out`);
  }
  if (fallback.replicas < minimum || fallback.replicas > maxReplicas) {
    const message = `is not within the minimum of ${minimum} and the maximum of ${maxReplicas}`;
    report(`${at}.fallback.replicas`, fallback.replicas, message, `write ${minimum} to ${maxReplicas}`);
  }
}

/** The bounds of the platform design (section 2.1): half the request at least, nine tenths of the limit at most. */
function verticalProblems(workload: ServedWorkload, phase: PhaseId, scaling: VerticalScaling, report: Report): void {
  if (scaling.mode === 'Off') return;
  const at = `verticalScaling.${phase}`;
  const container = workload.containers.find(({ name }) => name === scaling.container);
  const resources = container && atPhase(container.resources, phase);
  if (resources === undefined) {
    const fix = `write ${workload.containers.map(({ name }) => name).join(' or ')}`;
    report(`${at}.container`, scaling.container, 'is no container of this workload', fix);
    return;
  }
  const nanos = (text: string): bigint => parseQuantity(text).nanos;
  const { minAllowed, maxAllowed } = scaling;
  if (nanos(minAllowed.memory) * 2n < nanos(resources.requests.memory)) {
    const message = `is below half the request of "${resources.requests.memory}": the start-up peak might not fit`;
    report(`${at}.minAllowed.memory`, minAllowed.memory, message, 'raise it to half the request');
  }
  if (nanos(maxAllowed.memory) * 10n > nanos(resources.limits.memory) * 9n) {
    const message = `is above nine tenths of the limit of "${resources.limits.memory}", which stays as it is`;
    report(`${at}.maxAllowed.memory`, maxAllowed.memory, message, 'lower it, or raise the limit');
  }
  if (nanos(minAllowed.memory) > nanos(maxAllowed.memory)) {
    report(
      `${at}.minAllowed.memory`,
      minAllowed.memory,
      `is above maxAllowed, "${maxAllowed.memory}"`,
      'exchange the two',
    );
  }
}
