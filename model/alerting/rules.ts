import type { Alert } from '../platform/alert';
import { metricSourcesAt, seriesByName } from '../platform/metric';
import { isSince } from '../platform/phase';
import type { Place } from '../platform/presence';
import { metricsOf, parseExpression } from '../promql/expression';
import { objectiveGroups } from './objective-rules';
import { runbookUrl, type AlertingRule, type Rule, type RuleFile, type RuleGroup } from './rule';
import { isMeant, subjectsOf, type Subject } from './subjects';

/**
 * Every rule of Prometheus at a place. What reads a metric that nothing exposes there is left out: without a mesh there is
 * no traffic to judge, and an expression over nothing would only look like an alert.
 */
export function rulesOn(place: Place): RuleFile[] {
  const known = new Set(seriesByName(metricSourcesAt(place)).keys());
  const readable = (rule: Rule): boolean => metricsOf(parseExpression(rule.expr)).every((metric) => known.has(metric));
  const groups: RuleGroup[] = [];
  const ofWorkload = new Map<string, { workload: Subject['workload']; groups: RuleGroup[] }>();
  const add = (subject: Pick<Subject, 'workload'>, group: RuleGroup): void => {
    if (group.rules.length === 0) return;
    if (subject.workload === undefined) {
      groups.push(group);
      return;
    }
    const entry = ofWorkload.get(subject.workload.name) ?? { workload: subject.workload, groups: [] };
    entry.groups.push(group);
    ofWorkload.set(subject.workload.name, entry);
  };

  for (const { name, rules } of objectiveGroups(place)) {
    const kept = rules.filter((rule) => {
      if (!readable(rule)) return false;
      if ('record' in rule) known.add(rule.record);
      return true;
    });
    add({}, { name, rules: kept });
  }
  const alerts = place.platform.alerts.filter((alert) => isAt(alert, place));
  const bySubject = new Map<string, { subject: Subject; rules: AlertingRule[] }>();
  for (const alert of alerts) {
    for (const subject of subjectsOf(place, alert.each).filter((one) => isMeant(alert, one))) {
      const rule = ruleOf(place, alert, subject);
      if (!readable(rule)) continue;
      const key = subject.workload?.name ?? '';
      const entry = bySubject.get(key) ?? { subject, rules: [] };
      entry.rules.push(rule);
      bySubject.set(key, entry);
    }
  }
  for (const [key, { subject, rules }] of bySubject)
    add(subject, { name: key === '' ? `${place.platform.settings.name}-alerts` : `${key}-alerts`, rules });

  const { name } = place.platform.settings;
  return [
    ...(groups.length === 0 ? [] : [{ name, groups }]),
    ...[...ofWorkload].flatMap(([workload, entry]) =>
      entry.workload === undefined ? [] : [{ name: workload, workload: entry.workload, groups: entry.groups }],
    ),
  ];
}

function isAt({ since, roles }: Alert, { cluster, phase }: Place): boolean {
  return (since === undefined || isSince(since, phase)) && (roles?.includes(cluster.role) ?? true);
}

function ruleOf({ platform: { settings } }: Place, alert: Alert, { labels, values }: Subject): AlertingRule {
  const filled = (text: string): string => fillIn(text, values);
  return {
    alert: alert.alert,
    expr: filled(alert.expr).replace(/\s+/g, ' ').trim(),
    ...(alert.for === undefined ? {} : { for: alert.for }),
    labels: { severity: alert.severity, ...labels, ...alert.labels },
    annotations: { summary: filled(alert.summary), runbook_url: runbookUrl(settings, alert.runbook) },
  };
}

/** @throws Error where a placeholder has no value; validation has asked every alert at every place. */
function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/<([a-zA-Z]+)>/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`<${name}> stands for nothing here; known: ${Object.keys(values).join(', ')}`);
    return value;
  });
}
