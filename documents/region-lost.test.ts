import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { clusters } from '../platform/clusters';
import { dataProtection } from '../platform/data-protection';
import { recovery } from '../platform/recovery';
import { settings } from '../platform/settings';
import { workloads } from '../platform/workloads';

const docs = path.join(__dirname, '../docs');
const page = (file: string): string => readFileSync(path.join(docs, file), 'utf8');
const runbook = page('runbooks/region-lost.md');
const regions = page('regions.md');
const { archive, backup, regionLoss } = recovery.stores['neural-store'];
const blocks = [...runbook.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, text]) => text ?? '');

test('the figures of both pages are those of the data', () => {
  const oneLine = runbook.replace(/\s+/g, ' ');
  expect(oneLine).toContain(`in the last ${regionLoss.rpoMinutes} minutes at most (RPO)`);
  expect(oneLine).toContain(`within ${regionLoss.rtoMinutes} minutes (RTO)`);
  expect(regions).toMatch(new RegExp(`writes are back \\(RTO\\) *\\| ${regionLoss.rtoMinutes} min `));
  expect(regions).toMatch(new RegExp(`changes lost \\(RPO\\) *\\| ${regionLoss.rpoMinutes} min `));
  expect(regions).toContain(`log, every ${archive.timeoutSeconds} s`);
  expect(regions).toContain(`after ${archive.timeoutSeconds} s (\`timeoutSeconds\`)`);
  expect(regions).toContain(`after ${archive.checkpointSeconds} s (\`checkpointSeconds\`)`);
  expect(regions).toContain(`${archive.uploadAllowanceSeconds} s to get there (\`uploadAllowanceSeconds\`)`);
  expect(page('gdpr/README.md')).toContain(`keep the person until they expire (${backup.retentionDays} days)`);
});

test('the runbook begins with what users feel, then what to look at, then what to decide and to do', () => {
  const parts = ['What users feel', 'First checks', 'Remedies', 'Decide', 'Failover', 'Failback', 'Who else to wake'];
  const places = parts.map((part) => runbook.search(new RegExp(`^(###? |\\*\\*)${part}`, 'm')));
  expect(places).toEqual([...places].sort((left, right) => left - right));
  expect(places[0]).toBeGreaterThan(0);
});

test('its commands parse, and name what is there', () => {
  expect(blocks.length).toBeGreaterThan(6);
  for (const block of blocks) expect(spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' }).stderr).toBe('');
  const text = blocks.join('\n');
  expect(text).toContain(`lost=${clusters['europe-west1'].follows} other=europe-west1`);
  expect(text).toContain(`dig +short ${settings.domain}`);
  expect(text).toContain(`name=${settings.gatewayAddress}`);
  const jobs = [...text.matchAll(/(?:patch cronjob |--from=cronjob\/)((?:[a-z][a-z-]* ?)+)/g)];
  expect(jobs.length).toBeGreaterThan(2);
  for (const [, names = ''] of jobs)
    expect(Object.keys(workloads)).toEqual(expect.arrayContaining(names.trim().split(' ')));
  for (const [url] of text.matchAll(/gs:\/\/aia-[a-z0-9-]+/g)) {
    expect(recovery.buckets['europe-west4'].url.startsWith(url)).toBe(true);
  }
  const entrypoint = readFileSync(path.join(__dirname, '../images/store/entrypoint.sh'), 'utf8');
  for (const [, command = ''] of runbook.matchAll(/store entrypoint\.sh (\w+)/g)) {
    expect(entrypoint).toMatch(new RegExp(`^#   entrypoint\\.sh ${command} `, 'm'));
  }
});

test('links lead to files and headings that are there', () => {
  const anchor = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-');
  for (const [folder, text] of [
    ['runbooks', runbook],
    ['.', regions],
  ] as const) {
    for (const [, file = '', heading] of text.matchAll(/\]\(([^)#:]+)(?:#([^)]*))?\)/g)) {
      const target = path.join(docs, folder, file);
      expect([file, existsSync(target)]).toEqual([file, true]);
      if (heading === undefined) continue;
      const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
        anchor(title ?? ''),
      );
      expect(headings).toContain(heading);
    }
  }
});

test('the log is kept as long as the backups that it goes with', () => {
  expect(dataProtection.places['write-ahead-log'].processing.retentionDays).toBe(backup.retentionDays);
  expect(dataProtection.places.backups.processing.retentionDays).toBe(backup.retentionDays);
});
