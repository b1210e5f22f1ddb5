import { readFileSync } from 'node:fs';
import path from 'node:path';
import { platform } from '../platform/platform';
import { RUNBOOKS } from '../rollout/diagnosis/runbooks';
import { renderedAlerts } from '../testing/rendered-alerts';
import { runbooks } from '../testing/runbooks';

const index = readFileSync(path.join(__dirname, '../docs/runbooks/README.md'), 'utf8');
const pages = new Map(runbooks().map((page) => [page.id, page]));
const alerts = renderedAlerts(platform);

/** The page that an alert links, if it lies where pages do. */
function pageOf(url: string): string | undefined {
  const { repositoryUrl, branch } = platform.settings;
  const folder = `${repositoryUrl.replace(/\.git$/, '')}/blob/${branch}/docs/runbooks/`;
  return url.startsWith(folder) ? url.slice(folder.length).replace(/\.md$/, '') : undefined;
}

/** Alerts by page, as the index has them. */
const listed = new Map(
  [...index.matchAll(/^\| \[[^\]]+\]\(([a-z-]+)\.md\) +\| (.+?) +\|$/gm)].map(([, id = '', cell = '']) => [
    id,
    [...cell.matchAll(/`(\w+)`/g)].map(([, alert]) => alert ?? '').sort(),
  ]),
);

test('every alert links a page that is there, and that speaks of it', () => {
  expect(alerts.length).toBeGreaterThan(25);
  for (const { alert, annotations } of alerts) {
    const id = pageOf(annotations.runbook_url ?? '');
    expect([alert, annotations.runbook_url, pages.has(id ?? '')]).toEqual([alert, annotations.runbook_url, true]);
    expect([alert, pages.get(id ?? '')?.text.includes(`\`${alert}\``)]).toEqual([alert, true]);
  }
});

test('the index has under each page the alerts that lead to it', () => {
  const leads = new Map([...pages.keys()].map((id) => [id, new Set<string>()]));
  const { alert: heartbeat, runbook } = platform.routing.deadMansSwitch;
  leads.get(runbook)?.add(heartbeat);
  for (const { alert, annotations } of alerts) leads.get(pageOf(annotations.runbook_url ?? '') ?? '')?.add(alert);
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries([...leads].map(([id, names]) => [id, [...names].sort()])),
  );
});

test('every page is reached: by an alert, by a rollout, or by a page that is', () => {
  const reached = new Set<string>([...Object.keys(RUNBOOKS), platform.routing.deadMansSwitch.runbook]);
  for (const { annotations } of alerts) reached.add(pageOf(annotations.runbook_url ?? '') ?? '');
  for (const id of reached)
    for (const [, link = ''] of pages.get(id)?.text.matchAll(/\]\(([a-z-]+)\.md(?:#[^)]*)?\)/g) ?? [])
      reached.add(link);
  expect([...pages.keys()].filter((id) => !reached.has(id))).toEqual([]);
});
