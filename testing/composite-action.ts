import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { holds, interpolate, type Contexts } from './expressions';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: boolean;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** A job that uses the action. */
export interface Job {
  /** Folder of action.yml. */
  readonly action: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** The context `github`. */
  readonly github: Contexts;
  /** Variables of the job beside those that a runner sets. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the repository is checked out. */
  readonly workspace: string;
  /** A folder for what the runner and its stand-ins write. */
  readonly temp: string;
  /** What the steps that use other actions would put out, by their `id`; those actions are not run. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Shell scripts that stand in for programs, by their names. */
  readonly programs: Readonly<Record<string, string>>;
}

/** One step that was not skipped. */
export interface Ran {
  readonly name: string;
  /** 0 for actions of others, which are not run. */
  readonly code: number;
  readonly output: string;
  /** Inputs of an action that is not run. */
  readonly with: Readonly<Record<string, string>>;
}

/** All of a job: what ran, and the job summary. */
export interface Played {
  readonly steps: readonly Ran[];
  readonly summary: string;
  readonly isGreen: boolean;
}

/**
 * Plays the steps of a composite action as a runner does: scripts run for real with the environment that the action
 * gives them, actions of others are written down.
 */
export async function play(job: Job): Promise<Played> {
  const { inputs: declared, runs } = parse(readFileSync(path.join(job.action, 'action.yml'), 'utf8')) as Action;
  const bin = path.join(job.temp, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, script] of Object.entries(job.programs))
    writeFileSync(
      path.join(bin, name),
      `#!/bin/sh
${script}
`,
      { mode: 0o755 },
    );
  const defaults = Object.entries(declared).map(([name, one]) => [
    name,
    interpolate(one.default ?? '', { github: job.github }),
  ]);
  const inputs = { ...Object.fromEntries(defaults), ...job.inputs } as Readonly<Record<string, string>>;
  const steps: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
  const ran: Ran[] = [];
  let summary = '';
  let isGreen = true;
  for (const [index, step] of runs.steps.entries()) {
    const contexts = { github: job.github, inputs, steps };
    if (!isGreen || (step.if !== undefined && !holds(step.if, contexts))) continue;
    const name = step.name ?? step.uses ?? step.run ?? '';
    const given = (values: Readonly<Record<string, string | number | boolean>> = {}): Record<string, string> =>
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, interpolate(String(value), contexts)]));
    if (step.run === undefined) {
      ran.push({ name, code: 0, output: '', with: given(step.with) });
      if (step.id !== undefined) steps[step.id] = { outputs: job.outputs[step.id] ?? {} };
      continue;
    }
    const files = { output: path.join(job.temp, `output-${index}`), summary: path.join(job.temp, `summary-${index}`) };
    for (const file of Object.values(files)) appendFileSync(file, '');
    const { code, output } = await bash(step.run, job, files, bin, given(step.env));
    ran.push({ name, code, output, with: {} });
    if (step.id !== undefined) steps[step.id] = { outputs: outputsOf(files.output) };
    summary += readFileSync(files.summary, 'utf8');
    isGreen = code === 0 || step['continue-on-error'] === true;
  }
  return { steps: ran, summary, isGreen };
}

function bash(
  script: string,
  { action, workspace, temp, env }: Job,
  files: { readonly output: string; readonly summary: string },
  bin: string,
  own: Readonly<Record<string, string>>,
): Promise<{ code: number; output: string }> {
  const variables = {
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    HOME: temp,
    RUNNER_TEMP: temp,
    GITHUB_ACTION_PATH: action,
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
  };
  // As a runner runs `shell: bash`.
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
  return new Promise((resolve) => {
    const child = execFile(
      'bash',
      args,
      { cwd: workspace, env: { ...variables, ...env, ...own } },
      (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? 1, output: stdout + stderr });
      },
    );
  });
}

function outputsOf(file: string): Readonly<Record<string, string>> {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
