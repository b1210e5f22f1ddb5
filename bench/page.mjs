// Times the page of a review of many changes in a browser beside that of diff2html for the same two files: how long it is,
// how long until it is laid out, and until what a reader searches is found.
//   node bench/page.mjs [changes] [rounds]
// diff2html-cli is installed from npm into a temporary folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { bundle } from '../scripts/bundle.mjs';
import { chromiumPath } from '../scripts/chromium.mjs';
import { median } from './measure.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const CHANGES = Number(process.argv[2] ?? 10_000);
const ROUNDS = Number(process.argv[3] ?? 5);

await bundle();
const temp = await mkdtemp(path.join(os.tmpdir(), 'bench-page-'));
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
try {
  const [base, head] = [await writeSide('base.yaml', '250m'), await writeSide('head.yaml', '500m')];
  const pages = { 'aia review': aiaPage(base, head), diff2html: await rivalPage(base, head) };
  console.log(`${CHANGES} Deployments with one changed request each; medians of ${ROUNDS}, in turns.`);
  const runs = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, file] of Object.entries(pages)) runs[name].push(await look(name, file));
  for (const [name, all] of Object.entries(runs)) {
    const { size } = await stat(pages[name]);
    const figures = Object.keys(all[0]).map((key) => `${key} ${Math.round(median(all.map((run) => run[key])))} ms`);
    console.log(`${name.padEnd(12)} ${(size / 1024 ** 2).toFixed(1)} MiB, ${figures.join(', ')}`);
  }
} finally {
  await browser.close();
  await rm(temp, { recursive: true, force: true });
}

async function writeSide(name, cpu) {
  const file = path.join(temp, name);
  // No two say the same, so that a review can't tell them as one.
  const objects = Array.from({ length: CHANGES }, (_, index) =>
    deployment(`service-${index}`, `${parseInt(cpu, 10) + index}m`, index),
  );
  await writeFile(file, objects.join('---\n'));
  return file;
}

function deployment(name, cpu, index) {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: 3
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: web
          image: registry.example.org/web:${index}
          resources:
            requests: { cpu: ${cpu}, memory: ${index + 1}Mi }
`;
}

function aiaPage(base, head) {
  const file = path.join(temp, 'aia.html');
  const args = ['review', base, head, '--format', 'html', '--output', file, '--fail-on', 'error'];
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'build', 'aia.mjs'), ...args], {
    encoding: 'utf8',
  });
  if (status === 2) throw new Error(stderr);
  return file;
}

async function rivalPage(base, head) {
  execFileSync('npm', ['install', '--silent', '--prefix', temp, 'diff2html-cli'], { stdio: 'ignore' });
  const [diff, file] = [path.join(temp, 'changes.diff'), path.join(temp, 'diff2html.html')];
  const { stdout } = spawnSync('git', ['diff', '--no-index', base, head], { encoding: 'utf8', maxBuffer: 1024 ** 3 });
  await writeFile(diff, stdout);
  const limits = ['--diffMaxChanges', String(10 * CHANGES), '--diffMaxLineLength', '10000'];
  const command = path.join(temp, 'node_modules', '.bin', 'diff2html');
  execFileSync(command, ['-i', 'file', '-F', file, ...limits, '--', diff], { stdio: 'ignore' });
  return file;
}

/** Milliseconds until two frames after the load, and until a name near the end is found. */
async function look(name, file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, offline: true });
  page.setDefaultTimeout(600_000);
  const begin = performance.now();
  await page.goto(`file://${file}`);
  await frames(page);
  const shown = performance.now();
  const wanted = `service-${CHANGES - 1}`;
  if (name === 'aia review') {
    await page.fill('input[type=search]', wanted);
    await page.waitForFunction(() => document.querySelector('output').textContent.startsWith('1 of'));
  } else await page.evaluate((text) => window.find(text), wanted);
  await frames(page);
  const found = performance.now();
  await page.close();
  return { 'laid out after': shown - begin, 'found after': found - shown };
}

function frames(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
