import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { KubeObject } from '../model/kube-object';
import { field } from './rendered';

/** A group of rules as a PrometheusRule holds it, which is also how Prometheus reads it from a file. */
export interface Group {
  readonly name: string;
  readonly rules: readonly {
    readonly alert?: string;
    readonly record?: string;
    readonly expr: string;
    readonly for?: string;
    readonly labels?: Readonly<Record<string, string>>;
  }[];
}

/** One test of promtool: what is scraped, and what is expected of it. */
export interface RuleTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test?: readonly object[];
  readonly promql_expr_test?: readonly object[];
}

/** The groups of every PrometheusRule among the objects. */
export function groupsOf(objects: readonly KubeObject[]): Group[] {
  return objects
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap((object) => field(object, 'spec', 'groups') as Group[]);
}

/** What `promtool check rules` says. */
export function checkRules(groups: readonly Group[]): Answer {
  return withFiles({ 'rules.yaml': { groups } }, (folder) => promtool(['check', 'rules', 'rules.yaml'], folder));
}

/** What `promtool test rules` says; `evaluation` is how often rules are evaluated. */
export function testRules(groups: readonly Group[], tests: readonly RuleTest[], evaluation = '1m'): Answer {
  const file = { rule_files: ['rules.yaml'], evaluation_interval: evaluation, tests };
  return withFiles({ 'rules.yaml': { groups }, 'test.yaml': file }, (folder) =>
    promtool(['test', 'rules', 'test.yaml'], folder),
  );
}

/**
 * What promtool says of expressions, each as a rule of its own: nothing where it is content. It knows what grammar does
 * not: that `rate` wants a range, and an aggregation a vector.
 */
export function promtoolFaults(expressions: readonly string[]): string {
  const rules = expressions.map((expr, index) => ({ record: `query:${index}`, expr }));
  const { ok, text } = checkRules([{ name: 'queries', rules }]);
  return ok ? '' : text;
}

interface Answer {
  readonly ok: boolean;
  readonly text: string;
}

function withFiles(files: Readonly<Record<string, object>>, ask: (folder: string) => Answer): Answer {
  const folder = mkdtempSync(path.join(tmpdir(), 'aia-promtool-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), stringify(content));
    return ask(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function promtool(args: readonly string[], cwd: string): Answer {
  const { error, status, stdout, stderr } = spawnSync('promtool', [...args], { cwd, encoding: 'utf8' });
  if (error !== undefined) {
    throw new Error(
      'promtool is not there.\n  Fix: apt-get install prometheus, brew install prometheus, or https://prometheus.io/download/',
    );
  }
  return { ok: status === 0, text: `${stdout}${stderr}`.trim() };
}
