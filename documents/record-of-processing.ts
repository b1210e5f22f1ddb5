import { locations } from '../model/platform/location';
import { named } from '../model/platform/named';
import type { Platform } from '../model/platform/platform';
import type { Cell } from '../phases/render';
import { csv } from './csv';
import { markdownTable } from './markdown';
import { recordRows, regionText, type RecordRow } from './record-rows';

/** The columns of the CSV file; each row says everything, so that it can be sorted and filtered. */
const COLUMNS: readonly (readonly [head: string, value: (row: RecordRow) => string])[] = [
  ['Cluster', ({ cluster }) => cluster],
  ['Region', ({ place }) => place],
  ['Activity or storage place', ({ activity }) => activity],
  ['Stored', ({ isStored }) => (isStored ? 'yes' : 'no')],
  ['Description', ({ description }) => description],
  ['Purpose', ({ purpose }) => purpose],
  ['Legal basis', ({ legalBasis }) => legalBasis],
  ['Data class', ({ dataClass }) => dataClass],
  ['Data subjects', ({ subjects }) => subjects],
  ['Categories of data', ({ categories }) => categories],
  ['Recipients', ({ recipients }) => recipients],
  ['Transfers to third countries', ({ transfers }) => transfers],
  ['Where it is stored', ({ storage }) => storage],
  ['Encryption', ({ encryption }) => encryption],
  ['Time limit', ({ timeLimit }) => timeLimit],
  ['How it is erased', ({ erasure }) => erasure],
  ['Impact assessment', ({ assessment }) => assessment],
  ['Since', ({ since }) => since],
];

/** The record of processing activities (GDPR Article 30(1)): text by path below the repository. */
export function recordOfProcessing(platform: Platform, cells: readonly Cell[]): ReadonlyMap<string, string> {
  const rows = recordRows(platform, cells);
  return new Map([
    ['docs/gdpr/ropa.md', markdown(platform, rows)],
    [
      'docs/gdpr/ropa.csv',
      csv(
        COLUMNS.map(([head]) => head),
        rows.map((row) => COLUMNS.map(([, value]) => value(row))),
      ),
    ],
  ]);
}

function markdown(platform: Platform, rows: readonly RecordRow[]): string {
  const { dataProtection: data, recovery } = platform;
  const stored = rows.filter(({ isStored }) => isStored);
  const passing = rows.filter(({ isStored }) => !isStored);
  const contact = ({ name, address, email }: typeof data.controller): string => `${name}, ${address}, ${email}`;
  return `${[
    '# Record of processing activities',
    '<!-- Rendered by `npm start` from platform/: edit platform/data-protection.ts, platform/recovery.ts and the workloads, not this file. -->',
    `As Article 30(1) of the GDPR asks for it. [ropa.csv](ropa.csv) has the same with one line for each cluster and all
columns. Rows say from which phase on they hold; which phase a cluster runs stands in
[platform/clusters.yaml](../../platform/clusters.yaml). Clusters for trials, on which only invented people may be, have no
rows.`,
    markdownTable(
      ['Article 30(1)', 'What'],
      [
        ['(a) controller', contact(data.controller)],
        ['(a) data protection officer', contact(data.dataProtectionOfficer)],
        ['(b) purposes, (c) data and people, (f) time limits', 'the two tables below'],
        ['(d) recipients, (e) transfers to third countries', '[Who receives data](#who-receives-data)'],
        ['(g) security', '[How data is protected](#how-data-is-protected)'],
      ],
    ),
    '## What is stored',
    markdownTable(
      ['What', 'Why', 'Of whom, what', 'Where', 'Encryption', 'For how long', 'How it is erased', 'Since'],
      merged(stored).map(({ row, clusters }) => [
        `**${row.activity}**: ${row.description}`,
        `${row.purpose}. ${row.legalBasis}`,
        `${row.subjects}: ${row.categories} (**${row.dataClass}**)`,
        `${clusters}. ${row.storage}`,
        row.encryption,
        row.timeLimit,
        row.erasure,
        row.since,
      ]),
    ),
    `Disks of stores are kept when a store, a claim or a phase goes (reclaim policy \`Retain\`), so that no mistake loses data:
whoever gives a store up deletes them by hand ([README.md](README.md#disks-that-remain)).`,
    '## What is processed without being stored',
    markdownTable(
      ['What', 'Why', 'Of whom, what', 'Where', 'For how long', 'Since'],
      merged(passing).map(({ row, clusters }) => [
        `**${row.activity}**: ${row.description}`,
        `${row.purpose}. ${row.legalBasis}`,
        `${row.subjects}: ${row.categories} (**${row.dataClass}**)`,
        clusters,
        row.timeLimit,
        row.since,
      ]),
    ),
    '## Who receives data',
    markdownTable(
      ['Recipient', 'Role', 'What for', 'Country', 'Agreement', 'Transfer to a third country'],
      Object.values(data.recipients).map((recipient) => [
        recipient.name,
        recipient.role,
        recipient.receives,
        recipient.country,
        recipient.agreement,
        recipient.safeguard ?? 'none',
      ]),
    ),
    `Transfers to third countries: ${transfers(rows)}. From phase 3 on, pods with personal or special data run only on nodes in the region of their own cluster:`,
    named(locations(platform))
      .filter(({ use }) => use === 'production')
      .map(({ name }) => `- ${regionText(platform, name)}`)
      .join('\n'),
    '## Impact assessments',
    markdownTable(
      ['Assessment', 'What', 'Where it is', 'Needed by'],
      named(data.assessments).map(({ name, title, reference }) => [
        name,
        title,
        reference,
        [...new Set(rows.filter(({ assessment }) => assessment === name).map(({ activity }) => activity))].join(', '),
      ]),
    ),
    '## What may be lost, and for how long',
    markdownTable(
      ['Store', 'At most lost (RPO)', 'Back within (RTO)', 'How'],
      named(recovery.stores).flatMap(({ name, rpoMinutes, rtoMinutes, backup, withoutBackup, regionLoss }) => [
        [
          name,
          time(rpoMinutes),
          time(rtoMinutes),
          backup === undefined
            ? `No backup. ${withoutBackup ?? ''}`
            : `Backup by ${backup.job}, kept for ${backup.retentionDays} days; ${backup.drill} restores the latest one to prove it`,
        ],
        ...(regionLoss === undefined
          ? []
          : [
              [
                `${name}, its region lost`,
                time(regionLoss.rpoMinutes),
                time(regionLoss.rtoMinutes),
                'The standby region follows the archive of the write-ahead log; a person promotes it',
              ],
            ]),
      ]),
    ),
    '## How data is protected',
    data.securityMeasures.map((measure) => `- ${measure}.`).join('\n'),
  ].join('\n\n')}\n`;
}

/** Rows that differ in nothing but their cluster, as one. */
function merged(rows: readonly RecordRow[]): { readonly row: RecordRow; readonly clusters: string }[] {
  const groups = new Map<string, RecordRow[]>();
  for (const row of rows) {
    const key = JSON.stringify({ ...row, cluster: '', place: '' });
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [row] = group;
      return row === undefined ? [] : [{ row, clusters: group.map(({ place }) => place).join(', ') }];
    })
    .sort((left, right) => (left.row.activity < right.row.activity ? -1 : 1));
}

function transfers(rows: readonly RecordRow[]): string {
  const found = [...new Set(rows.map(({ transfers: text }) => text))].filter((text) => text !== 'None');
  return found.length === 0 ? 'none' : found.join('; ');
}

/** Whole hours where it is some, minutes else. */
function time(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} minutes`;
  return minutes === 60 ? '1 hour' : `${minutes / 60} hours`;
}
