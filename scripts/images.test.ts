import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { platform } from '../platform/platform';
import { Checkout, type Outcome } from '../testing/checkout';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const OTHER = `sha256:${'f'.repeat(64)}`;

let checkout: Checkout;
beforeAll(() => {
  checkout = new Checkout();
});
afterAll(() => {
  checkout.remove();
});

function run(script: string, args: readonly string[], input = ''): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.mjs`, ...args], {
    cwd: checkout.root,
    encoding: 'utf8',
    input,
  });
  return { code: status, stdout, stderr };
}

describe('set-digest', () => {
  const file = 'platform/digests.yaml';
  let committed: string;
  beforeAll(() => {
    committed = checkout.read(file);
  });
  afterEach(() => {
    checkout.write(file, committed);
  });

  test('records a digest; npm start and cdk8s synth render it alike', () => {
    const before = checkout.tree('dist');
    expect(run('set-digest', ['api', '1.0.0', DIGEST])).toMatchObject({ code: 0, stderr: '' });
    expect(checkout.aia(['synth']).code).toBe(0);
    const manifest = 'phase-1/europe-west4/workloads/Deployment.apps_aia_api.yaml';
    expect(checkout.read(`dist/${manifest}`)).toContain(`image: registry.example.com/aia/api:1.0.0@${DIGEST}\n`);
    const changed = [...checkout.tree('dist')]
      .filter(([name, text]) => text !== before.get(name))
      .map(([name]) => name);
    expect(changed).toEqual([...before.keys()].filter((name) => name.endsWith('/Deployment.apps_aia_api.yaml')));

    spawnSync(process.execPath, ['build/main.mjs'], { cwd: checkout.root });
    expect(checkout.read(`.synth/${manifest}`)).toBe(checkout.read(`dist/${manifest}`));
    checkout.write(file, committed);
    expect(checkout.aia(['synth']).code).toBe(0);
    expect(checkout.tree('dist')).toEqual(before);
  });

  test('keeps comments, order and the other entries; the file is as Prettier wants it', () => {
    const text = `# Above.\ndigests:\n  # Ours.\n  ml-batch:\n    tag: 1.0.0\n    digest: ${OTHER} # built by hand\n`;
    checkout.write(file, text);
    expect(run('set-digest', ['api', '1.0.0', DIGEST]).code).toBe(0);
    expect(checkout.read(file)).toBe(`${text}  api:\n    tag: 1.0.0\n    digest: ${DIGEST}\n`);
    expect(run('set-digest', ['api', '1.0.0', OTHER]).code).toBe(0);
    expect(checkout.read(file)).toBe(`${text}  api:\n    tag: 1.0.0\n    digest: ${OTHER}\n`);
  });

  test('a digest of another tag, or no file at all, stops npm start before anything is written', () => {
    const before = checkout.tree('dist');
    checkout.write(file, `digests:\n  api:\n    tag: 0.9.0\n    digest: ${DIGEST}\n`);
    expect(checkout.aia(['synth'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^platform\/digests\.yaml:3:10: digests\.api\.tag: "0\.9\.0".*\n {2}Fix: /,
      ) as string,
    });
    rmSync(path.join(checkout.root, file));
    expect(checkout.aia(['synth'])).toMatchObject({
      code: 2,
      stderr:
        'platform/digests.yaml: the file is not there\n  Fix: git checkout -- platform/digests.yaml brings it back\n',
    });
    expect(checkout.tree('dist')).toEqual(before);
  });

  test('a tag that YAML would read as a number is written as text', () => {
    const images = checkout.read('platform/images.ts');
    checkout.write('platform/images.ts', images.replace("tag: '1.0.0'", "tag: '1.0'"));
    expect(run('set-digest', ['api', '1.0', DIGEST]).code).toBe(0);
    checkout.write('platform/images.ts', images);
    expect(checkout.read(file)).toContain("tag: '1.0'\n");
  });

  test.each([
    ['too few arguments', ['api', '1.0.0'], /Three arguments are needed/],
    ['too many', ['api', '1.0.0', DIGEST, 'x'], /Three arguments are needed/],
    [
      'an unknown image',
      ['app', '1.0.0', DIGEST],
      /"app" is no image of platform\/images\.ts\.\n {2}Fix: write one of api/,
    ],
    ['a tag that the data does not have', ['api', '2.0.0', DIGEST], /"2\.0\.0" is not the tag of api.*"1\.0\.0"/],
    ['a short digest', ['api', '1.0.0', 'sha256:abc'], /"sha256:abc" is not a sha256 digest/],
    ['capitals', ['api', '1.0.0', DIGEST.toUpperCase()], /is not a sha256 digest/],
    ['nothing for a digest', ['api', '1.0.0', ''], /"" is not a sha256 digest/],
    ['the name of a method', ['constructor', '1.0.0', DIGEST], /"constructor" is no image/],
  ])('%s: exit 2, a remedy, and the file as it was', (_, args, expected) => {
    const { code, stderr } = run('set-digest', args);
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/\n {2}Fix: /);
    expect(code).toBe(2);
    expect(checkout.read(file)).toBe(committed);
  });

  test('an entry of another tag is not written around', () => {
    const text = `digests:\n  ml-batch:\n    tag: 0.9.0\n    digest: ${OTHER}\n`;
    checkout.write(file, text);
    expect(run('set-digest', ['api', '1.0.0', DIGEST])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/digests\.yaml:3:10: digests\.ml-batch\.tag: "0\.9\.0"/) as string,
    });
    expect(checkout.read(file)).toBe(text);
  });
});

describe('check-image-size', () => {
  const manifest = (size: number): string =>
    JSON.stringify({ config: { digest: OTHER, size: 100 }, layers: [{ digest: OTHER, size }] });
  const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const index = (...texts: string[]): string =>
    JSON.stringify({
      manifests: texts.map((text, at) => ({
        digest: digestOf(text),
        size: text.length,
        platform: { os: 'linux', architecture: ['amd64', 'arm64'][at] },
      })),
    });
  const BUDGET = 120 * 2 ** 20;

  test('within the budget: exit 0, at the budget too', () => {
    expect(run('check-image-size', ['api'], manifest(BUDGET - 100))).toMatchObject({
      code: 0,
      stdout: 'api: 120.0 MiB of 120Mi compressed\n',
    });
  });

  test('a byte over it: exit 1, how much, and the remedy', () => {
    const { code, stderr } = run('check-image-size', ['api'], manifest(BUDGET - 99));
    expect(stderr).toMatch(/api: 120\.0 MiB of 120Mi compressed, .* too much\n {2}Fix: /);
    expect(code).toBe(1);
  });

  test('an index: each platform, with its manifests in an OCI layout', () => {
    const [small, large] = [manifest(1000), manifest(BUDGET)];
    for (const text of [small, large]) checkout.write(`.image/blobs/sha256/${digestOf(text).slice(7)}`, text);
    checkout.write('.image/index.json', index(small, large));
    const { code, stdout, stderr } = run('check-image-size', ['api', '.image']);
    expect(stdout).toMatch(/api linux\/amd64: 0\.0 MiB/);
    expect(stderr).toMatch(/api linux\/arm64: .* too much/);
    expect(code).toBe(1);
  });

  test('an index: with its manifests as files beside it', () => {
    const text = manifest(1000);
    checkout.write('.image/list.json', index(text));
    checkout.write('.image/amd64.json', text);
    expect(run('check-image-size', ['api', '.image/list.json', '.image/amd64.json']).code).toBe(0);
  });

  test.each([
    ['no image', [], '', /An image is needed/],
    ['an unknown image', ['app'], '', /"app" is no image/],
    ['a file that is not there', ['api', 'nowhere.json'], '', /nowhere\.json is not there/],
    ['what is no JSON', ['api'], 'no JSON', /standard input is not JSON/],
    [
      'an index alone',
      ['api'],
      index('x'),
      /give them as files too[\s\S]*--raw registry\.example\.com\/aia\/api@sha256:/,
    ],
    ['a digest that leads out of the folder', ['api'], index('x').replace(/sha256:\w+/, '../../x'), /are not there/],
  ])('%s: exit 2 and a remedy', (_, args, input, expected) => {
    const { code, stderr } = run('check-image-size', args, input);
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/\n {2}Fix: /);
    expect(code).toBe(2);
  });
});

describe('image-builds', () => {
  test('the matrix has every image with a source; the others are named', () => {
    const { code, stdout, stderr } = run('image-builds', []);
    const { include } = JSON.parse(stdout) as { include: { name: string }[] };
    const sourced = Object.entries(platform.images).filter(([, { source }]) => source !== undefined);
    expect(include.map(({ name }) => name)).toEqual(sourced.map(([name]) => name));
    expect(stderr).toContain('api: not built, platform/images.ts has no source for it\n');
    expect(code).toBe(0);
  });

  test('one image, for who builds by hand', () => {
    expect(JSON.parse(run('image-builds', ['ws-gateway']).stdout)).toMatchObject({
      reference: 'registry.example.com/aia/ws-gateway:1.0.0',
      dockerfile: 'images/node-service/Dockerfile',
      port: 8081,
      bases: expect.stringMatching(
        /^NODE_DIGEST=docker\.io\/library\/node:\S+\nRUNTIME_DIGEST=gcr\.io\/\S+$/,
      ) as string,
    });
  });

  test('an unknown image: exit 2', () => {
    expect(run('image-builds', ['app']).code).toBe(2);
  });
});

test('where the scripts are run from does not matter', () => {
  const { status } = spawnSync(process.execPath, [path.join(checkout.root, 'scripts/image-builds.mjs'), 'api'], {
    cwd: path.join(checkout.root, 'docs'),
  });
  expect(status).toBe(0);
});
