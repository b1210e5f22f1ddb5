import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { KubeStub } from '../testing/kube-stub';
import { siteOf } from '../testing/site';
import type { TerminalProgress } from './progress';
import { reached } from './reach';

const sites = ['europe-west4', 'europe-west1', 'edge-1'].map(siteOf);
const progress = { say: () => undefined } as unknown as TerminalProgress;
const before = process.env.KUBECONFIG;
let folder: string;
let stub: KubeStub;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'aia-reach-'));
  stub = await KubeStub.start();
  // Port 9 answers to nobody.
  const servers = { here: stub.url, 'edge-1': stub.url, away: 'http://127.0.0.1:9' };
  const named = Object.entries(servers);
  const file = path.join(folder, 'config');
  writeFileSync(
    file,
    stringify({
      clusters: named.map(([name, server]) => ({ name, cluster: { server, 'insecure-skip-tls-verify': true } })),
      users: [{ name: 'me', user: {} }],
      contexts: named.map(([name]) => ({ name, context: { cluster: name, user: 'me' } })),
    }),
  );
  process.env.KUBECONFIG = file;
});

afterEach(async () => {
  await stub.stop();
  rmSync(folder, { recursive: true });
  if (before === undefined) delete process.env.KUBECONFIG;
  else process.env.KUBECONFIG = before;
});

test('each cluster is reached by its own context: the one that is named for it, or that has its name', async () => {
  const stops = await reached(
    siteOf('europe-west4').platform,
    sites,
    ['europe-west4=here', 'europe-west1=here'],
    progress,
  );
  expect([...stops].map(([name, { context }]) => `${name} ${context}`)).toEqual([
    'europe-west4 here',
    'europe-west1 here',
    'edge-1 edge-1',
  ]);
});

test('every cluster that can not be reached is told, and none is written to', async () => {
  const told = reached(siteOf('europe-west4').platform, sites, ['europe-west4=away'], progress);
  await expect(told).rejects.toThrow(/europe-west4: no answer from away[^]*europe-west1: no context leads there/);
  await expect(told).rejects.toThrow(/nothing was changed[^]*--context NAME=CONTEXT/);
  expect(stub.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
}, 30_000);
