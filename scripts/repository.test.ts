import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

test('main.ts is wiring: 60 lines at most', () => {
  expect(read('main.ts').split('\n').length).toBeLessThanOrEqual(60);
});

test('the lockfile records no download addresses', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/registry/);
});

/** Lints files with one import each, as if they stood there; a process of its own, since Jest can't load the config. */
function lintImports(cases: readonly (readonly [file: string, from: string])[]): string[][] {
  const program = `
    import { ESLint } from 'eslint';
        const eslint = new ESLint();
    const rules = [];
    for (const [filePath, from] of JSON.parse(process.argv[1])) {
      const code = "import * as other from '" + from + "';\\nexport const x: unknown = other;\\n";
      const [result] = await eslint.lintText(code, { filePath });
      rules.push(result.messages.map(({ ruleId, message }) => ruleId ?? message).filter((rule) => !rule.startsWith('@')));
    }
    console.log(JSON.stringify(rules));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program, JSON.stringify(cases)],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

describe('imports go one way', () => {
  const forbidden = [
    ['model/quantity.ts', '../platform/platform'],
    ['model/quantity.ts', '../constructs/site'],
    ['constructs/site.ts', '../platform/platform'],
    ['constructs/site.ts', '../phases/render'],
    ['phases/render.ts', '../synth/compare'],
    ['platform/images.ts', '../constructs/site'],
    // Folders of a room belong to it.
    ['model/platform/pins.ts', '../../platform/platform'],
    ['checks/dockerfile/lint.ts', '../../platform/platform'],
    ['infrastructure/gke/pools.ts', '../../platform/platform'],
  ] as const;
  const allowed = [
    ['constructs/site.ts', '../model/quantity'],
    ['phases/render.ts', '../constructs/layers'],
    ['synth/compare.ts', '../phases/manifest-file'],
    ['checks/dockerfile/lint.ts', '../../model/platform/problems'],
  ] as const;

  test('against the direction is refused, with it is not', () => {
    expect(lintImports([...forbidden, ...allowed])).toEqual([
      ...forbidden.map(() => ['import-x/no-restricted-paths']),
      ...allowed.map(() => []),
    ]);
  }, 60_000);
});
