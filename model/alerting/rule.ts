import type { Workload } from '../platform/workload';

/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated one after another, at the same moment. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** What becomes one PrometheusRule: of a workload, or of the platform. */
export interface RuleFile {
  readonly name: string;
  readonly workload?: Workload;
  readonly groups: readonly RuleGroup[];
}

/** Where people look an alert up: the page in the repository that the clusters follow. */
export function runbookUrl({ repositoryUrl, branch }: { repositoryUrl: string; branch: string }, id: string): string {
  return `${repositoryUrl.replace(/\.git$/, '')}/blob/${branch}/docs/runbooks/${id}.md`;
}
