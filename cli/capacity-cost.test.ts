import { cpSync } from 'node:fs';
import path from 'node:path';
import { commandFolder, exitCodeOf, write } from '../testing/command-folder';
import { capacityCommand } from './capacity';
import { costCommand } from './cost';

const DIST = path.join(__dirname, '../dist/phase-1/local');
const folder = commandFolder();

function run(command: 'capacity' | 'cost', ...options: string[]): Promise<unknown> {
  return exitCodeOf(command === 'capacity' ? capacityCommand() : costCommand(), ...options);
}

const pods = (name: string, cpu: string, replicas = 2): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: a, image: a:1, resources: { requests: { cpu: ${cpu}, memory: 1Gi } } }] }
---
`;

describe('manifests of others', () => {
  test('capacity prints what they request, exit 0', async () => {
    write('shop/web.yaml', pods('web', '500m'));
    expect(await run('capacity', 'shop')).toBe(0);
    expect(folder.out).toMatch(/minimum +2 +1\.00 cores +2\.00 GiB/);
    expect(folder.out).toContain('No nodes are known for these objects');
  });

  test('cost says that nothing is priced, exit 0: nobody promised anything for them', async () => {
    write('shop/web.yaml', pods('web', '500m'));
    expect(await run('cost', 'shop')).toBe(0);
    expect(folder.out).toContain('not priced: everything (the nodes are not known');
  });

  test('--phase and --cluster hold them against nodes: what does not fit is exit 1', async () => {
    write('shop/web.yaml', pods('web', '9'));
    expect(await run('capacity', 'shop', '--phase', 'phase-1', '--cluster', 'local')).toBe(1);
    expect(folder.out).toMatch(
      /one pod of Deployment web asks for 9\.00 cores, and the largest node it may use has 7\.80 cores/,
    );
    expect(await run('capacity', 'shop', '--phase', 'phase-1')).toBe(2);
    expect(folder.err).toContain('--phase and --cluster go together');
    expect(await run('capacity', 'shop', '--phase', 'phase-1', '--cluster', 'edge-1')).toBe(2);
    expect(folder.err).toContain('there is no cluster edge-1 in phase-1');
  });
});

test('each <phase>/<cluster> folder is a set of its own, wherever it lies', async () => {
  cpSync(DIST, 'out/phase-1/local', { recursive: true });
  write('out/phase-2/local/web.yaml', pods('web', '500m'));
  expect(await run('capacity', 'out', '--format', 'json', '--orders', '3')).toBe(0);
  const { version, sets } = JSON.parse(folder.out) as { version: number; sets: Record<string, unknown>[] };
  expect(version).toBe(1);
  expect(sets.map(({ set, phase, cluster }) => [set, phase, cluster])).toEqual([
    ['out/phase-1/local', 'phase-1', 'local'],
    ['out/phase-2/local', 'phase-2', 'local'],
  ]);
});

test('JSON has the documented fields', async () => {
  cpSync(DIST, 'dist/phase-1/local', { recursive: true });
  await run('capacity', '--format', 'json', '--orders', '3');
  const capacity = (JSON.parse(folder.out) as { sets: Record<string, unknown>[] }).sets[0] ?? {};
  expect(Object.keys(capacity)).toEqual([
    ...['set', 'phase', 'cluster', 'totals', 'workloads', 'addons', 'quotas', 'pools', 'scales', 'rollouts', 'losses'],
    'problems',
  ]);
  const [workload] = capacity.workloads as Record<string, unknown>[];
  expect(Object.keys(workload ?? {})).toEqual([
    ...['object', 'role', 'onePod', 'minimum', 'expected', 'maximum', 'rollingUpdate'],
  ]);
  expect(workload?.object).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'aia', name: 'api' });
  expect(workload?.onePod).toEqual({ pods: 1, cpuMillicores: 1000, memoryBytes: 1024 ** 3, extended: {} });

  folder.out = '';
  expect(await run('cost', '--format', 'json')).toBe(0);
  const cost = JSON.parse(folder.out) as { sets: Record<string, unknown>[]; gates: unknown[] };
  expect(Object.keys(cost.sets[0] ?? {})).toEqual([
    ...['set', 'phase', 'cluster', 'microUsdPerMonth', 'lines', 'workloads', 'shared', 'saving', 'notPriced'],
  ]);
  expect(cost.gates).toHaveLength(2);
});

test('the same input prints the same bytes', async () => {
  cpSync(DIST, 'dist/phase-1/local', { recursive: true });
  await run('capacity');
  const first = folder.out;
  folder.out = '';
  await run('capacity');
  expect(folder.out).toBe(first);
  expect(folder.out).not.toContain('\u001b');
});

test.each([
  ['a path that is not there', ['nowhere'], 'nowhere can not be read: there is no such file or folder.'],
  ['no path and no dist', [], 'there is no dist here. Name the folder to look at:'],
  ['YAML that is none', ['bad'], 'bad/bad.yaml:'],
  ['a folder without objects', ['empty'], 'no Kubernetes object in empty. Check the path.'],
])('exit 2 and a reason for %s', async (_, paths, message) => {
  write('bad/bad.yaml', 'kind: [\n');
  write('empty/notes.yaml', 'a: b\n');
  for (const command of ['capacity', 'cost'] as const) {
    folder.err = '';
    expect(await run(command, ...paths)).toBe(2);
    expect(folder.err).toContain(message);
  }
});

test('exit 2 for a quantity that is none, with the object', async () => {
  write('units/web.yaml', pods('web', '5 cores'));
  expect(await run('capacity', 'units')).toBe(2);
  expect(folder.err).toContain('Deployment web: "5 cores" is not a quantity');
});
