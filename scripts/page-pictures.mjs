// Takes the pictures of the pages in docs/images/ anew, from the manifests as they are and one change made up for it:
//   npm run docs:pictures
// It needs a Chromium on the PATH, or CHROMIUM with the path of one.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumPath } from './chromium.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const images = path.join(root, 'docs', 'images');
const CLUSTER = 'dist/phase-3/europe-west4';

const temp = await mkdtemp(path.join(os.tmpdir(), 'page-pictures-'));
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
try {
  await mkdir(images, { recursive: true });
  const review = await reviewOfAChange();
  const report = page(root, 'report.html', 'report', 'dist');
  await picture(review, 'review.png', { width: 1280, height: 1180, scheme: 'light' });
  await picture(review, 'review-changes.png', {
    width: 1280,
    height: 900,
    scheme: 'dark',
    part: 'changes',
    split: true,
  });
  await picture(report, 'report.png', { width: 1280, height: 1280, scheme: 'light' });
  await picture(report, 'report-map.png', { width: 1280, height: 1000, scheme: 'dark', part: 'map' });
} finally {
  await browser.close();
  await rm(temp, { recursive: true, force: true });
}

/** A pull request that halves a memory limit, raises requests and drops a network policy. */
async function reviewOfAChange() {
  for (const side of ['main', 'pull-request'])
    await cp(path.join(root, CLUSTER), path.join(temp, side, CLUSTER), { recursive: true });
  const change = async (file, from, to) => {
    const name = path.join(temp, 'pull-request', CLUSTER, file);
    const text = await readFile(name, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
    await writeFile(name, text.replaceAll(from, to));
  };
  await change('workloads/Deployment.apps_aia_ml-inference-service.yaml', 'memory: 4Gi', 'memory: 2Gi');
  await change('workloads/Deployment.apps_aia_ws-gateway.yaml', 'cpu: 400m', 'cpu: 600m');
  await change('workloads/ConfigMap_aia_api.yaml', "'200'", "'400'");
  await rm(path.join(temp, 'pull-request', CLUSTER, 'policy/NetworkPolicy.networking.k8s.io_aia_neural-store.yaml'));
  return page(temp, 'review.html', 'review', 'main', 'pull-request');
}

function page(cwd, name, ...args) {
  const file = path.join(temp, name);
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'bin', 'aia.mjs'), ...args, '--format', 'html', '--output', file],
    { cwd, encoding: 'utf8' },
  );
  if (status === 2) throw new Error(stderr);
  return file;
}

async function picture(file, name, { width, height, scheme, part, split }) {
  const shown = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  await shown.goto(`file://${file}`);
  if (split) {
    await shown.check('input[name=view][value=split]');
    await shown.click('text=Open all');
  }
  if (part) await shown.evaluate((id) => document.getElementById(id).scrollIntoView(), part);
  await shown.screenshot({ path: path.join(images, name) });
  await shown.close();
}
