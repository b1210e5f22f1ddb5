import { existsSync } from 'node:fs';
import path from 'node:path';
import { renderPlatform } from '../phases/render';
import { platform } from '../platform/platform';
import { field } from '../testing/rendered';
import { recordOfProcessing } from './record-of-processing';
import { recordRows } from './record-rows';

const { cells } = renderPlatform(platform);
const rows = recordRows(platform, cells);
const documents = recordOfProcessing(platform, cells);
const markdown = documents.get('docs/gdpr/ropa.md') ?? '';
const csv = documents.get('docs/gdpr/ropa.csv') ?? '';

/** What is rendered for clusters of production: a cluster for trials has no people in it. */
const produced = cells.filter(({ cluster }) => cluster.name !== 'local');

describe('nothing that is rendered is missing', () => {
  test.each(produced.map((cell) => [cell.phase, cell.cluster.name, cell] as const))('%s on %s', (_, name, cell) => {
    const activities = rows.filter(({ cluster }) => cluster === name).map(({ activity }) => activity);
    let looked = 0;
    for (const { object } of cell.objects) {
      const pods = field(object, 'spec', 'template') ?? field(object, 'spec', 'jobTemplate', 'spec', 'template');
      const dataClass = field(pods, 'metadata', 'labels', 'aia.io/data-class');
      if (dataClass === undefined || dataClass === 'none') continue;
      const claims = [
        ...((field(object, 'spec', 'volumeClaimTemplates') ?? []) as object[]).map((claim) =>
          field(claim, 'metadata', 'name'),
        ),
        ...((field(pods, 'spec', 'volumes') ?? []) as { name: string; ephemeral?: object }[])
          .filter(({ ephemeral }) => ephemeral !== undefined)
          .map((volume) => volume.name),
      ];
      const expected =
        claims.length === 0
          ? [object.metadata.name]
          : claims.map((claim) => `${object.metadata.name}/${String(claim)}`);
      for (const activity of expected)
        expect([object.kind, activities]).toEqual([object.kind, expect.arrayContaining([activity])]);
      looked += 1;
    }
    expect(looked).toBeGreaterThanOrEqual(1);
  });

  test('logs, backups and the ledger of erasures are places too', () => {
    const places = rows.filter(({ cluster }) => cluster === 'europe-west4').map(({ activity }) => activity);
    expect(places).toEqual(expect.arrayContaining(['logs', 'backups', 'erasure-ledger']));
  });
});

test('every stored row says where, for how long, with which key on a cloud, and how it is erased', () => {
  const stored = rows.filter(({ isStored, cluster }) => isStored && cluster.startsWith('europe-'));
  expect(stored.length).toBeGreaterThan(0);
  for (const { activity, timeLimit, erasure, encryption, storage } of stored) {
    expect([activity, timeLimit]).toEqual([
      activity,
      expect.stringMatching(/^\d+ days?$|^While a run lasts, \d+ hours at most$/),
    ]);
    expect([activity, erasure]).toEqual([activity, expect.stringMatching(/expires|deleted|deletes/i)]);
    expect([activity, encryption]).toEqual([activity, expect.stringMatching(/^Encrypted with projects\//)]);
    expect([activity, storage]).toEqual([activity, expect.stringMatching(/disk|volume|bucket/i)]);
  }
});

test('the store is kept for 730 days, the sessions for one: what the seed of the platform says', () => {
  const limit = (activity: string): string | undefined =>
    rows.find((row) => row.cluster === 'europe-west4' && row.activity === activity)?.timeLimit;
  expect([limit('neural-store/data'), limit('cognitive-cache/data')]).toEqual(['730 days', '1 day']);
});

test('a time limit of an add-on is the one that its chart is given', () => {
  const { places } = platform.dataProtection;
  const values = platform.charts['victoria-logs-single']?.values;
  expect(field(values, 'server', 'retentionPeriod')).toBe(`${places.logs?.processing.retentionDays ?? '?'}d`);
  const prometheus = platform.charts['kube-prometheus-stack']?.values;
  expect(field(prometheus, 'prometheus', 'prometheusSpec', 'retention')).toBe(
    `${places.metrics?.processing.retentionDays ?? '?'}d`,
  );
});

test('special data has its exception and its assessment', () => {
  for (const row of rows.filter(({ dataClass }) => dataClass === 'special')) {
    expect([row.activity, row.legalBasis, row.assessment]).toEqual([
      row.activity,
      expect.stringContaining('9(2)'),
      'cognitive-and-biometric',
    ]);
  }
});

test('the Markdown begins with the controller, and has all that Article 30(1) asks for', () => {
  const { controller, dataProtectionOfficer, securityMeasures } = platform.dataProtection;
  for (const text of [controller.email, dataProtectionOfficer.email, ...securityMeasures])
    expect(markdown).toContain(text);
  for (const letter of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) expect(markdown).toContain(`(${letter}) `);
  for (const { activity } of rows) expect(markdown).toContain(`**${activity}**`);
});

test('links lead to files and headings that are there', () => {
  const links = [...markdown.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(1);
  for (const link of links) {
    expect([link, existsSync(path.join(__dirname, '../docs/gdpr', link))]).toEqual([link, true]);
  }
});

test('the CSV has one line a row, all of the same fields, and CRLF', () => {
  const lines = csv.split('\r\n');
  expect(lines).toHaveLength(rows.length + 2);
  expect(csv.replaceAll('\r\n', '')).not.toContain('\n');
});

test('a transfer and its safeguard stand in each row that it concerns', () => {
  const abroad = structuredClone(platform);
  Object.assign(abroad.dataProtection.recipients, {
    helpdesk: {
      name: 'Help Desk Inc.',
      role: 'processor',
      receives: 'Questions of users',
      country: 'US',
      agreement: 'Contract',
      safeguard: 'Standard contractual clauses',
    },
  });
  for (const { transfers, recipients } of recordRows(abroad, cells)) {
    expect(transfers).toBe('Help Desk Inc. (US): Standard contractual clauses');
    expect(recipients).toContain('Help Desk Inc. (processor)');
  }
});
