import { spawnSync } from 'node:child_process';
import { chmodSync, renameSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Checkout } from '../testing/checkout';

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => {
  checkout.remove();
});

test('the committed dist/ is exactly what the code renders', () => {
  const { code, stdout, stderr } = checkout.aia(['synth', '--check']);
  expect(stderr).toBe('');
  expect(stdout).toContain('exactly what the code renders');
  expect(code).toBe(0);
});

test('a changed number changes the files it concerns, and the screen says how many', () => {
  checkout.edit('platform/workloads/api.ts', "replicas: { 'phase-1': 3 }", "replicas: { 'phase-1': 4 }");
  const { code, stdout } = checkout.aia(['synth']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/phase-1\s+europe-west4\s+\d+\s+20 – 22\s+22\.50 – 24\.50\s+\S+ – \S+ GiB\s+1 changed/);
  expect(stdout).toMatch(/phase-1\s+local\s.*no change/);
  expect(checkout.read('dist/phase-1/europe-west4/workloads/Deployment.apps_aia_api.yaml')).toContain('replicas: 4');
});

test('a second run changes nothing', () => {
  const before = checkout.tree('dist');
  expect(checkout.aia(['synth']).stdout).toContain('dist/: no change');
  expect(checkout.tree('dist')).toEqual(before);
});

test('files that are no longer rendered go', () => {
  checkout.edit('platform/clusters.ts', "frontDoor: 'gce'", "frontDoor: 'none'");
  const { code, stdout } = checkout.aia(['synth']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/phase-1\s+europe-west4\s.* 6 removed/);
  expect([...checkout.tree('dist').keys()].filter((file) => /Ingress|BackendConfig/.test(file))).toEqual([]);
});

describe('--check', () => {
  test('exits 1 and lists what differs, what is missing and what is stale, and writes nothing', () => {
    const folder = 'dist/phase-1/europe-west4/workloads';
    checkout.edit(`${folder}/Deployment.apps_aia_api.yaml`, 'replicas: 3', 'replicas: 1');
    renameSync(
      path.join(checkout.root, folder, 'ConfigMap_aia_api.yaml'),
      path.join(checkout.root, folder, 'ConfigMap_aia_old.yaml'),
    );
    checkout.edit(`${folder}/ConfigMap_aia_old.yaml`, 'name: api\n  namespace', 'name: old\n  namespace');
    const before = checkout.tree('dist');
    const { code, stderr } = checkout.aia(['synth', '--check']);
    expect(stderr).toContain(`differs  ${folder}/Deployment.apps_aia_api.yaml`);
    expect(stderr).toContain(`missing  ${folder}/ConfigMap_aia_api.yaml`);
    expect(stderr).toContain(`stale    ${folder}/ConfigMap_aia_old.yaml`);
    expect(code).toBe(1);
    expect(checkout.tree('dist')).toEqual(before);
  });
});

describe('scripts of infra/', () => {
  const script = 'infra/gke/europe-west4/build.sh';

  test('one that can no longer be run differs, and the next synth mends it', () => {
    chmodSync(path.join(checkout.root, script), 0o644);
    expect(checkout.aia(['synth', '--check'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(script) as string,
    });
    expect(checkout.aia(['synth']).stdout).toContain('infra/: 1 changed');
    expect(statSync(path.join(checkout.root, script)).mode & 0o111).toBe(0o111);
    expect(checkout.aia(['synth', '--check']).code).toBe(0);
  });

  test('those of a cluster that is no longer in the data go', () => {
    checkout.edit('platform/clusters.ts', "build: { kind: 'kind' },", '');
    expect(checkout.aia(['synth']).stdout).toContain('infra/: 1 removed');
  });
});

describe('what no synth has written is named and kept', () => {
  test.each([
    ['a script of somebody', 'infra/gke/europe-west4/fix.sh', '#!/usr/bin/env bash\necho\n'],
    ['a note', 'dist/README.md', '# ours\n'],
    [
      'a manifest of somebody',
      'dist/phase-1/europe-west4/workloads/extra.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n',
    ],
  ])('%s', (_, file, text) => {
    checkout.write(file, text);
    const { code, stderr } = checkout.aia(['synth']);
    expect(stderr).toContain(`  ${file}`);
    expect(stderr).toMatch(/Fix: move it elsewhere/);
    expect(code).toBe(2);
    expect(checkout.read(file)).toBe(text);
  });

  test('a copy of a rendered file under another name', () => {
    const folder = 'dist/phase-1/local/platform';
    checkout.write(`${folder}/copy.yaml`, checkout.read(`${folder}/Namespace_-_aia.yaml`));
    expect(checkout.aia(['synth'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${folder}/copy.yaml`) as string,
    });
  });

  test('a link', () => {
    symlinkSync('Namespace_-_aia.yaml', path.join(checkout.root, 'dist/phase-1/local/platform/link.yaml'));
    expect(checkout.aia(['synth'])).toMatchObject({ code: 2, stderr: expect.stringContaining('link.yaml') as string });
  });
});

test('locale, time zone and folder change no byte', () => {
  const elsewhere = new Checkout('aia ünïcode folder-');
  try {
    const committed = elsewhere.tree('dist');
    elsewhere.edit('platform/workloads/api.ts', "replicas: { 'phase-1': 3 }", "replicas: { 'phase-1': 4 }");
    expect(elsewhere.aia(['synth']).code).toBe(0);
    elsewhere.edit('platform/workloads/api.ts', "replicas: { 'phase-1': 4 }", "replicas: { 'phase-1': 3 }");
    const odd = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };
    expect(elsewhere.aia(['synth'], odd).code).toBe(0);
    expect(elsewhere.tree('dist')).toEqual(committed);
  } finally {
    elsewhere.remove();
  }
});

test('npx cdk8s synth writes the same bytes to .synth/ and leaves dist/ alone', () => {
  const before = checkout.tree('dist');
  const { status, stderr } = spawnSync('npx', ['--no-install', 'cdk8s', 'synth'], {
    cwd: checkout.root,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const below = (folder: string): [string, string][] =>
    [...checkout.tree(folder)].map(([file, text]) => [path.relative(folder, file), text]);
  expect(below('.synth')).toEqual(below('dist'));
  expect(checkout.tree('dist')).toEqual(before);
}, 60_000);
