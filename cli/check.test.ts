import path from 'node:path';
import { samplePod } from '../checks/samples';
import { commandFolder, exitCodeOf, write } from '../testing/command-folder';
import { checkCommand } from './check';
import { explainCommand } from './explain';
import { rulesCommand } from './rules';

const folder = commandFolder();

function check(...options: string[]): Promise<unknown> {
  return exitCodeOf(checkCommand(), ...options);
}

test('exit 0 without errors, 1 with findings at or above --fail-on', async () => {
  write('a/pod.yaml', samplePod(''));
  expect(await check('a')).toBe(0);
  expect(await check('a', '--fail-on', 'warning')).toBe(1);
  write('a/bad.yaml', samplePod('imagePulPolicy: Always').replace('name: web', 'name: bad'));
  expect(await check('a')).toBe(1);
});

test('dist and argocd are checked where no path is given', async () => {
  write('dist/pod.yaml', samplePod(''));
  expect(await check()).toBe(0);
  expect(folder.out).toContain('1 object in 1 file checked');
});

test.each([
  ['a path that does not exist', ['nowhere'], 'nowhere can not be read: there is no such file or folder.'],
  ['no path and no dist', [], 'there is no dist and no argocd here. Name the folder to check: aia check PATH'],
  ['a folder without objects', ['empty'], 'no Kubernetes object in empty (1 file read). Check the path.'],
  ['a day that is none', ['empty', '--today', '2026-02-30'], '--today must be a day, YYYY-MM-DD, not "2026-02-30".'],
  ['a waivers file that is not there', ['empty', '--waivers', 'w.yaml'], 'w.yaml can not be read: check --waivers.'],
  [
    'a waivers file that is none',
    ['empty', '--waivers', 'empty/values.yaml'],
    'empty/values.yaml is not a waivers file: waivers: ',
  ],
  ['bytes that are no text', ['binary.yaml'], 'binary.yaml is not UTF-8 text. Save it as UTF-8, or leave it out.'],
])('exit 2 and a message for %s', async (_, options, message) => {
  write('empty/values.yaml', 'replicas: 3\n');
  write('binary.yaml', Buffer.from([0xff, 0xfe, 0x00]));
  expect(await check(...options)).toBe(2);
  expect(folder.err).toContain(`aia check: ${message}`);
  expect(folder.out).toBe('');
});

test('a waivers file waives, and what is waived is printed with its reason', async () => {
  write('a.yaml', samplePod('imagePulPolicy: Always'));
  write('w.yaml', 'waivers:\n  - {rule: schema, object: Pod/web, reason: typo is loved, until: 2027-01-31}\n');
  expect(await check('a.yaml', '--waivers', 'w.yaml', '--today', '2027-01-31')).toBe(0);
  expect(folder.out).toContain('waived until 2027-01-31: a.yaml:9 schema Pod web:');
  expect(await check('a.yaml', '--waivers', 'w.yaml', '--today', '2027-02-01')).toBe(1);
});

test('no path of the machine is printed, and the same is printed twice', async () => {
  write('a/pod.yaml', samplePod('imagePulPolicy: Always'));
  for (const format of ['text', 'json', 'markdown', 'sarif', 'junit']) {
    await check(path.join(folder.path, 'a'), '--format', format);
    const first = folder.out;
    folder.out = '';
    await check(path.join(folder.path, 'a'), '--format', format);
    expect(folder.out).toBe(first);
    expect(folder.out).not.toContain(folder.path);
    folder.out = '';
  }
});

test('aia rules lists every rule, aia explain tells the story of one', async () => {
  await rulesCommand().parseAsync(['node', 'rules']);
  expect(folder.out).toContain('cpu-unit');
  await explainCommand().parseAsync(['node', 'explain', 'cpu-unit']);
  expect(folder.out).toMatch(
    /Why: {2}The API server takes cpu: 500Mi for 524,288,000 cores[\s\S]*Passes:[\s\S]*cpu: 500m[\s\S]*Fails:[\s\S]*cpu: 500Mi/,
  );
});

test('an unknown rule is exit 2 with the nearest name', async () => {
  await explainCommand().parseAsync(['node', 'explain', 'cpu-units']);
  expect([process.exitCode, folder.err]).toEqual([
    2,
    'aia explain: there is no rule "cpu-units". Did you mean cpu-unit? aia rules lists them.\n',
  ]);
});
