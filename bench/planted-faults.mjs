// Plants one fault for each rule into a copy of a small clean tree and counts who finds it:
//   node bench/planted-faults.mjs
// kube-score is built from its Go module into a temporary folder. It has found a fault where it criticises something
// that it does not criticise in the clean tree.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundle } from '../scripts/bundle.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'testing', 'planted-faults');
const KUBE_SCORE = 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0';

await bundle();
const temp = mkdtempSync(path.join(os.tmpdir(), 'planted-'));
try {
  const outfile = path.join(temp, 'plant.mjs');
  const require = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";
  const entryPoints = [path.join(folder, 'plant.ts')];
  await build({ entryPoints, bundle: true, format: 'esm', platform: 'node', outfile, banner: { js: require } });
  const { cleanTree, plant, readFaults } = await import(outfile);

  const tools = { aia };
  const built = spawnSync('go', ['install', KUBE_SCORE], { env: { ...process.env, GOBIN: temp }, encoding: 'utf8' });
  if (built.status === 0) tools['kube-score'] = kubeScore;
  else console.log(`kube-score could not be built: ${(built.stderr || String(built.error)).trim().split('\n').at(-1)}`);

  const clean = cleanTree(folder);
  const baseline = Object.fromEntries(Object.entries(tools).map(([name, run]) => [name, run(write('clean', clean))]));
  for (const [name, found] of Object.entries(baseline)) console.log(`clean tree: ${name} says ${found.length} things`);
  const counts = Object.fromEntries(Object.keys(tools).map((name) => [name, 0]));
  const faults = readFaults(folder);
  for (const fault of faults) {
    const place = write('planted', plant(clean, fault));
    const seen = Object.entries(tools).filter(([name, run]) => {
      const found = run(place);
      return name === 'aia' ? found.includes(fault.rule) : isMore(found, baseline[name]);
    });
    for (const [name] of seen) counts[name] += 1;
    console.log(`${fault.rule.padEnd(28)} ${seen.map(([name]) => name).join(', ')}`);
  }
  for (const [name, count] of Object.entries(counts)) console.log(`${name}: ${count} of ${faults.length} found`);
} finally {
  rmSync(temp, { recursive: true, force: true });
}

function write(name, files) {
  const place = path.join(temp, name);
  rmSync(place, { recursive: true, force: true });
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    writeFileSync(path.join(place, file), text);
  }
  return place;
}

function aia(place) {
  const command = [path.join(root, 'build', 'aia.mjs'), 'check', '.', '--format', 'json'];
  const { stdout } = spawnSync(process.execPath, command, { cwd: place, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(stdout).findings.map(({ rule }) => rule);
}

/** kube-score knows nothing of phases: it is given each of them by itself. */
function kubeScore(place) {
  return readdirSync(path.join(place, 'dist')).flatMap((phase) => {
    const folder = path.join(place, 'dist', phase);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    const args = ['score', '--output-format', 'ci', ...files.sort()];
    try {
      const out = execFileSync(path.join(temp, 'kube-score'), args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
      return criticism(out);
    } catch (error) {
      return criticism(`${error.stdout}\n${error.stderr}`);
    }
  });
}

/** True where something is criticised that is not, or not as often, in the baseline; the order is chance. */
function isMore(found, baseline) {
  const count = (list, line) => list.filter((one) => one === line).length;
  return found.some((line) => count(found, line) > count(baseline, line));
}

function criticism(text) {
  return text.split('\n').filter((line) => /^\[(WARNING|CRITICAL)\]|^Failed/.test(line));
}
