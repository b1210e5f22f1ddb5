import type { Named } from '../platform/named';
import { named } from '../platform/named';
import { durationSeconds, isBudgeted, type BudgetedObjective, type Objective } from '../platform/objective';
import { isSince } from '../platform/phase';
import type { Platform } from '../platform/platform';
import { runsOn, type Place } from '../platform/presence';
import { frontDoorSelectors } from './front-door';
import { runbookUrl, type AlertingRule, type RecordingRule, type RuleGroup } from './rule';

/**
 * Longer windows are averages of what was recorded over five minutes: reading three days of raw series at every
 * evaluation costs more than the half window by which an average lags.
 */
const LONGEST_RAW_SECONDS = 6 * 3600;
/** The window that is recorded at every evaluation, and of which the long ones are averages. */
const BASE_WINDOW = '5m';

/** One group an objective that holds at a place: what it records, then the alerts that read it. */
export function objectiveGroups(place: Place): (RuleGroup & { readonly objective: Named<Objective> })[] {
  const { objectives } = place.platform.objectives;
  return named(objectives)
    .filter((objective) => isSince(objective.since, place.phase) && isMeasured(objective, place))
    .map((objective) => ({
      objective,
      name: `objective-${objective.name}`,
      rules: isBudgeted(objective) ? budgetRules(place.platform, objective) : otherRules(place, objective),
    }));
}

/** What a workload counts itself is measured where the workload runs. */
function isMeasured(objective: Objective, { platform, cluster, phase }: Place): boolean {
  if (!('workload' in objective)) return true;
  const workload = platform.workloads[objective.workload];
  return workload !== undefined && isSince(workload.since, phase) && runsOn(workload, cluster);
}

/** Good and bad events as PromQL, as rates over a window. */
function eventRates(
  platform: Platform,
  objective: BudgetedObjective,
): (window: string) => { all: string; bad: string } {
  const door = frontDoorSelectors(platform);
  const rate = (selector: string, window: string): string => `sum(rate(${selector}[${window}]))`;
  switch (objective.kind) {
    case 'availability':
      // Without the zero, a platform that has never failed would have no figure.
      return (window) => ({ all: rate(door.all, window), bad: `(${rate(door.failed, window)} or vector(0))` });
    case 'latency':
      return (window) => ({
        all: rate(door.timed, window),
        bad: `(${rate(door.timed, window)} - (${rate(door.fast, window)} or vector(0)))`,
      });
    case 'results': {
      const counter = (outcome: string): string =>
        `${objective.metric}{namespace="${platform.settings.namespace}"${outcome}}`;
      return (window) => ({
        all: rate(counter(''), window),
        bad: `(${rate(counter(',outcome!="success"'), window)} or vector(0))`,
      });
    }
  }
}

/** Names of what an objective records: `slo:availability_errors:ratio_rate1h`. */
export function recordNames(objective: string): {
  readonly events: string;
  readonly errors: string;
  readonly ratio: (window: string) => string;
  readonly left: (days: number) => string;
} {
  const id = objective.replaceAll('-', '_');
  return {
    events: `slo:${id}_events:rate${BASE_WINDOW}`,
    errors: `slo:${id}_errors:rate${BASE_WINDOW}`,
    ratio: (window) => `slo:${id}_errors:ratio_rate${window}`,
    left: (days) => `slo:${id}_budget:left${days}d`,
  };
}

/** Name of what deployment health is recorded as. */
export const DEPLOYMENT_HEALTH = 'platform:deployment_health:ratio';

function budgetRules(platform: Platform, objective: Named<BudgetedObjective>): (RecordingRule | AlertingRule)[] {
  const { burnRates, windowDays } = platform.objectives;
  const names = recordNames(objective.name);
  const rates = eventRates(platform, objective);
  const base = rates(BASE_WINDOW);
  const windows = [...new Set(burnRates.flatMap(({ short, long }) => [short, long]))].sort(
    (a, b) => durationSeconds(a) - durationSeconds(b),
  );
  const average = (name: string, window: string): string => `avg_over_time(${name}[${window}])`;
  const budget = budgetOf(objective);
  return [
    { record: names.events, expr: base.all },
    { record: names.errors, expr: base.bad },
    ...windows.map((window): RecordingRule => {
      const { all, bad } = rates(window);
      const isRaw = durationSeconds(window) <= LONGEST_RAW_SECONDS;
      return {
        record: names.ratio(window),
        expr: isRaw ? `${bad} / ${all}` : `${average(names.errors, window)} / ${average(names.events, window)}`,
      };
    }),
    {
      record: names.left(windowDays),
      expr: `1 - (${average(names.errors, `${windowDays}d`)} / ${average(names.events, `${windowDays}d`)}) / ${budget}`,
    },
    ...burnRates.map((burn): AlertingRule => {
      const threshold = decimal(burn.factor * budget);
      const seconds = durationSeconds(burn.long);
      return {
        alert: objective.alert,
        expr: [
          `${names.ratio(burn.long)} > ${threshold}`,
          `${names.ratio(burn.short)} > ${threshold}`,
          `${average(names.events, burn.long)} * ${seconds} > ${objective.minimumEvents}`,
        ].join(' and '),
        for: burn.for,
        labels: { severity: burn.severity, ...serviceOf(objective), window: burn.long },
        annotations: {
          summary:
            `${upper(objective.title)}: {{ $value | humanizePercentage }} in the last ${burn.long}, where ` +
            `${percent(budget)} are allowed. At this rate the budget of ${windowDays} days is gone in ${lasts(windowDays, burn.factor)}.`,
          runbook_url: runbookUrl(platform.settings, objective.runbook),
        },
      };
    }),
  ];
}

function otherRules(
  { platform, phase }: Place,
  objective: Named<Extract<Objective, { kind: 'freshness' | 'health' }>>,
): (RecordingRule | AlertingRule)[] {
  const { settings, gates } = platform;
  const inNamespace = `{namespace="${settings.namespace}"}`;
  const runbook_url = runbookUrl(settings, objective.runbook);
  if (objective.kind === 'freshness') {
    const of = `{namespace="${settings.namespace}",cronjob="${objective.workload}"}`;
    return [
      {
        alert: objective.alert,
        // A job that has never ended well is as old as itself; one that is suspended on purpose is not late.
        expr:
          `time() - (kube_cronjob_status_last_successful_time${of} or kube_cronjob_created${of}) > ${objective.maxAgeHours * 3600} ` +
          `unless on (namespace, cronjob) kube_cronjob_spec_suspend${of} == 1`,
        for: '15m',
        labels: { severity: 'ticket', service: objective.workload },
        annotations: {
          summary: `${upper(objective.title)} are {{ $value | humanizeDuration }} old; they may be ${objective.maxAgeHours} hours.`,
          runbook_url,
        },
      },
    ];
  }
  const sum = (metric: string): string => `sum(${metric}${inNamespace})`;
  const target = gates.phases[phase].health;
  const floor = gates.phases['phase-1'].health;
  const summary = (over: string, limit: number): string =>
    `Of the pods that should be there, {{ $value | humanizePercentage }} were available over ${over}; it should be ${percent(limit)}.`;
  return [
    {
      record: DEPLOYMENT_HEALTH,
      expr:
        `(${sum('kube_deployment_status_replicas_available')} + ${sum('kube_statefulset_status_replicas_available')}) / ` +
        `(${sum('kube_deployment_spec_replicas')} + ${sum('kube_statefulset_replicas')})`,
    },
    {
      alert: objective.alert,
      expr: `${DEPLOYMENT_HEALTH} < ${floor}`,
      for: objective.pageAfter,
      labels: { severity: 'page' },
      annotations: { summary: summary(objective.pageAfter, floor), runbook_url },
    },
    {
      alert: objective.alert,
      expr: `avg_over_time(${DEPLOYMENT_HEALTH}[${objective.over}]) < ${target}`,
      for: '15m',
      labels: { severity: 'ticket' },
      annotations: { summary: summary(objective.over, target), runbook_url },
    },
  ];
}

/** Share of events that may be bad: 0.001 for 99.9 %, without the dust of binary fractions. */
export function budgetOf({ target }: Pick<BudgetedObjective, 'target'>): number {
  return decimal(1 - target);
}

function decimal(value: number): number {
  return Number(value.toPrecision(10));
}

function serviceOf(objective: BudgetedObjective): { service: string } {
  return { service: objective.kind === 'results' ? objective.workload : 'front-door' };
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function percent(share: number): string {
  return `${decimal(share * 100)} %`;
}

/** How long a budget lasts at a factor: `2 days` of 30 at 14.4. */
function lasts(windowDays: number, factor: number): string {
  const days = windowDays / factor;
  return days >= 2 ? `${Math.round(days)} days` : `${Math.round(days * 24)} hours`;
}
