import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { platform } from '../platform/platform';

const root = path.join(__dirname, '..');
const folder = path.join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const);

test.each(workflows)('%s: actions are pinned to a whole version', (_, text) => {
  const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
  expect(used.filter((action) => !/^[\w-]+\/[\w-]+@(v\d+\.\d+\.\d+|[0-9a-f]{40})$/.test(action))).toEqual([]);
});

test.each(workflows)(
  '%s: what an expression gives reaches a script through the environment, not its text',
  (_, text) => {
    const { jobs } = parse(text) as { jobs: Record<string, { steps: { run?: string }[] }> };
    const scripts = Object.values(jobs).flatMap(({ steps }) => steps.flatMap((step) => step.run ?? []));
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  },
);

test.each(workflows)('%s: the scripts it runs are there', (_, text) => {
  const scripts = [...text.matchAll(/node (scripts\/\S+\.mjs)/g)].map(([, file = '']) => file);
  expect(scripts.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test('images.yml offers every image', () => {
  const text = readFileSync(path.join(folder, 'images.yml'), 'utf8');
  const { on } = parse(text) as { on: { workflow_dispatch: { inputs: { image: { options: string[] } } } } };
  expect(on.workflow_dispatch.inputs.image.options.sort()).toEqual(['all', ...Object.keys(platform.images)].sort());
});
