// How long a cold render of the whole repository takes, beside what the cdk8s template would have: the same
// repository through `npx cdk8s synth` with ts-node, and the template's hello world. Interleaved, so that whatever
// else the machine does hits all of them.
//
//   npm run bench            5 runs each
//   npm run bench -- 9       9 runs each
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { bundle } from '../scripts/bundle.mjs';
import { median, peakMemory } from './measure.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const runs = Number(process.argv[2] ?? 5);
const work = mkdtempSync(path.join(tmpdir(), 'aia-bench-'));
const modules = path.join(root, 'node_modules');

/** The repository as the cdk8s template would run it: its tsconfig compiles to CommonJS. */
const same = path.join(work, 'same');
mkdirSync(same);
for (const room of ['constructs', 'imports', 'model', 'phases', 'platform', 'main.ts', 'package.json'])
  cpSync(path.join(root, room), path.join(same, room), { recursive: true });
const compiler = {
  target: 'ES2022',
  module: 'CommonJS',
  moduleResolution: 'Node',
  esModuleInterop: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  types: ['node'],
};
writeFileSync(
  path.join(same, 'tsconfig.json'),
  JSON.stringify({ compilerOptions: compiler, exclude: ['**/*.test.ts'] }),
);

/** One Deployment-sized hello world, as `cdk8s init typescript-app` begins. */
const hello = path.join(work, 'hello');
mkdirSync(hello);
writeFileSync(path.join(hello, 'tsconfig.json'), JSON.stringify({ compilerOptions: compiler }));
writeFileSync(
  path.join(hello, 'main.ts'),
  `import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
const app = new App();
const chart = new Chart(app, 'hello');
new kplus.Deployment(chart, 'deployment', { containers: [{ image: 'hello', portNumber: 8080 }] }).exposeViaService();
app.synth();
`,
);
for (const folder of [same, hello]) {
  symlinkSync(modules, path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'cdk8s.yaml'), 'language: typescript\napp: npx ts-node main.ts\noutput: .synth\n');
}

const contenders = [
  {
    name: 'bundle, whole repository (aia synth --check)',
    cwd: root,
    command: [process.execPath, 'build/aia.mjs', 'synth', '--check'],
  },
  { name: 'npm start, whole repository (bundles first)', cwd: root, command: ['npm', 'start', '--silent'] },
  {
    name: 'npx cdk8s synth with ts-node, same repository',
    cwd: same,
    command: ['npx', '--no-install', 'cdk8s', 'synth'],
  },
  { name: 'npx cdk8s synth with ts-node, hello world', cwd: hello, command: ['npx', '--no-install', 'cdk8s', 'synth'] },
];

await bundle();
const seconds = new Map(contenders.map(({ name }) => [name, []]));
const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
for (let run = 0; run < runs; run += 1) {
  for (const { name, cwd, command } of contenders) {
    const start = performance.now();
    const { status, stderr } = spawnSync(command[0], command.slice(1), { cwd, env, encoding: 'utf8' });
    if (status !== 0) {
      console.error(`${name} failed:\n${stderr}`);
      process.exit(2);
    }
    seconds.get(name).push((performance.now() - start) / 1000);
  }
}
const table = new Table({
  head: [`seconds, ${runs} runs`, 'min', 'median', 'max'],
  colAligns: ['left', 'right', 'right', 'right'],
  style: { head: [], border: [] },
});
for (const [name, times] of seconds)
  table.push([name, Math.min(...times).toFixed(2), median(times).toFixed(2), Math.max(...times).toFixed(2)]);
console.log(table.toString());
const megabytes = peakMemory(['build/aia.mjs', 'synth', '--check'], root) / 1024;
console.log(`peak memory of the bundle: ${megabytes.toFixed(0)} MB`);
rmSync(work, { recursive: true, force: true });
