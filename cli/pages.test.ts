import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, overflow, show, startBrowser, type Look } from '../testing/browser';
import { HOSTILE } from '../testing/hostile';
import { deployment, object } from '../testing/reviewed';
import { reportCommand } from './report';
import { reviewCommand } from './review';

const ROOT = path.join(__dirname, '..');
const LOOKS: readonly Look[] = [
  { width: 1280, scheme: 'light' },
  { width: 360, scheme: 'dark' },
];
const MANY = 10_000;

const folder = mkdtempSync(path.join(tmpdir(), 'pages-'));
let browser: Browser;

beforeAll(async () => {
  process.chdir(ROOT);
  browser = await startBrowser();
}, 60_000);

afterAll(async () => {
  await browser.close();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return path.dirname(file);
}

async function make(command: 'review' | 'report', ...args: string[]): Promise<string> {
  const file = path.join(folder, `${command}-${args.map((arg) => path.basename(arg)).join('-')}.html`);
  const program = command === 'review' ? reviewCommand() : reportCommand();
  await program.parseAsync(['--format', 'html', '--output', file, '--today', '2026-01-01', ...args], { from: 'user' });
  return file;
}

const config = (name: string, value: string): string =>
  object('v1', 'ConfigMap', `data: { file: ${JSON.stringify(value)} }`, JSON.stringify(name));
const secret = object('v1', 'Secret', 'stringData: { password: SECRET }', 'keys');

/** A change that people make: one value of one object. */
const small = (): Promise<string> =>
  make(
    'review',
    write('small-before/web.yaml', deployment('resources: { limits: { memory: 2Gi } }')),
    write('small-after/web.yaml', deployment('resources: { limits: { memory: 4Gi } }')),
  );

const hostile = (): Promise<string> =>
  make(
    'review',
    write('hostile-before/a.yaml', `${config(HOSTILE, 'a')}---\n${secret.replace('SECRET', 'one')}`),
    write('hostile-after/a.yaml', `${config(HOSTILE, HOSTILE)}---\n${secret.replace('SECRET', 'two')}`),
  );

const PAGES: readonly (readonly [string, () => Promise<string>])[] = [
  ['the review of one changed value', small],
  ['the review of the step from phase 2 to 3', () => make('review', 'dist/phase-2', 'dist/phase-3')],
  ['the review of a hostile change', hostile],
  ['the report of the platform', () => make('report', 'dist')],
  ['the report of a foreign folder', () => make('report', write('foreign/web.yaml', deployment('')))],
  [
    'the report of a hostile folder',
    () => make('report', write('hostile/a.yaml', deployment('', 'replicas: 1', JSON.stringify(HOSTILE)))),
  ],
];

describe.each(PAGES)('%s', (_, render) => {
  let file: string;

  beforeAll(async () => {
    file = await render();
  }, 120_000);

  test.each(LOOKS)(
    'opens offline at $width pixels, $scheme: without a complaint, without a scroll bar below, and axe finds nothing',
    async (look) => {
      const { page, complaints } = await show(browser, file, look);
      // What is closed is not looked at: open it, as a reader does.
      await page.evaluate(() => {
        for (const details of [...document.querySelectorAll('details')].slice(0, 40)) details.open = true;
      });
      expect(await overflow(page)).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    },
    120_000,
  );
});

/** Summaries of the changes that are to be seen, those within a closed group too. */
function shown(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[data-item]')]
      .filter((item) => item.closest('[hidden]') === null)
      .map((item) => item.querySelector('summary')?.textContent ?? ''),
  );
}

describe('the tools of a review', () => {
  let page: Page;

  beforeAll(async () => {
    const objects = (memory: string, cpu: string): string =>
      [
        deployment(`resources: { limits: { memory: ${memory}, cpu: ${cpu} } }`, 'replicas: 3', 'web'),
        deployment(`resources: { limits: { memory: 1Gi } }`, `replicas: ${memory === '2Gi' ? 3 : 0}`, 'store'),
        object('v1', 'ConfigMap', `data: { quota: "${cpu === '1' ? 1 : 1000}" }`, 'numbers'),
        object('v1', 'ResourceQuota', `spec: { hard: { cpu: ${cpu === '1' ? '"1"' : '1000m'} } }`, 'same'),
      ].join('---\n');
    const file = await make(
      'review',
      write('tools-before/all.yaml', objects('2Gi', '1')),
      write('tools-after/all.yaml', objects('4Gi', '1000m')),
    );
    page = (await show(browser, file, { width: 1280, scheme: 'light' })).page;
  }, 60_000);

  afterEach(async () => {
    await page.click('button[type=reset]');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[type=search]')?.value === '');
  });

  test('changes without effect are hidden at first, and a box shows them', async () => {
    expect((await shown(page)).filter((text) => text.startsWith('no effect'))).toEqual([]);
    await page.check('input[name=risk][value=none]');
    expect((await shown(page)).filter((text) => text.startsWith('no effect'))).toHaveLength(1);
  });

  test('a search finds words in fields and names, all of which must be there; the number is told aloud', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('LIMITS web');
    expect(await shown(page)).toEqual([expect.stringContaining('Deployment shop/web')]);
    const told = page.locator('output[aria-live=polite]');
    expect(await told.textContent()).toMatch(/^1 of \d+ shown$/);
    await page.fill('input[type=search]', 'nothing has this');
    expect(await shown(page)).toEqual([]);
  });

  test('lists leave what they name', async () => {
    await page.selectOption('select[name=type]', 'ConfigMap');
    expect(await shown(page)).toEqual([expect.stringContaining('ConfigMap shop/numbers')]);
    await page.selectOption('select[name=type]', '');
    await page.selectOption('select[name=effect]', 'scale');
    expect((await shown(page)).join()).toContain('Deployment shop/store');
  });

  test('a summary is reached and opened from the keyboard; all are opened and closed by a button', async () => {
    const open = (): Promise<number> => page.evaluate(() => document.querySelectorAll('#list details[open]').length);
    await page.click('text=Close all');
    expect(await open()).toBe(0);
    await page.focus('#list details:not([hidden]) summary');
    await page.keyboard.press('Enter');
    expect(await open()).toBe(1);
    await page.click('text=Open all');
    expect(await open()).toBe((await shown(page)).length);
  });

  test('side by side, a value before stands left of the value after; inline it stands above', async () => {
    await page.click('text=Open all');
    const boxes = async (): Promise<{ before: DOMRect; after: DOMRect }> =>
      page.evaluate(() => {
        const line = [...document.querySelectorAll('.line')].find((one) => one.textContent === '2Gi4Gi');
        const rect = (tag: string): DOMRect => line?.querySelector(tag)?.getBoundingClientRect().toJSON() as DOMRect;
        return { before: rect('del'), after: rect('ins') };
      });
    const inline = await boxes();
    expect(inline.before.bottom).toBeLessThanOrEqual(inline.after.top);
    await page.check('input[name=view][value=split]');
    const split = await boxes();
    expect(split.before.right).toBeLessThanOrEqual(split.after.left);
    expect(split.before.top).toBe(split.after.top);
  });
});

test('without its script, everything is there and the tools are not', async () => {
  const file = await small();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  expect(await page.locator('form.tools').isVisible()).toBe(false);
  expect(await page.locator('[data-item]').count()).toBe(1);
  await context.close();
});

test('the map of the report points out the calls of the service that has the focus, and leads to what it is for', async () => {
  const { page } = await show(browser, await make('report', 'dist'), { width: 1280, scheme: 'light' });
  await page.focus('.map a[href="#service-aia-ml-inference-service"]');
  const near = await page.evaluate(() =>
    [...document.querySelectorAll<SVGElement>('.edge.near')].map(
      ({ dataset: { from, to } }) => `${from ?? ''} > ${to ?? ''}`,
    ),
  );
  // The design's list of calls: cognitive and biometric processors ask for inference.
  expect(near.sort()).toEqual([
    'aia/biometric-processor > aia/ml-inference-service',
    'aia/cognitive-processor > aia/ml-inference-service',
  ]);
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.querySelector(':target')?.textContent)).toMatch(/^ml-inference-service/);
  await page.close();
}, 60_000);

test(`${MANY} changes open, and a search among them finds one`, async () => {
  // One change differs from the next, so that they are not told together.
  const objects = (value: string): string =>
    Array.from({ length: MANY }, (_, index) => config(`config-${index}`, `${value} ${index}`)).join('---\n');
  const file = await make(
    'review',
    write('many-before/all.yaml', objects('a')),
    write('many-after/all.yaml', objects('b')),
  );
  const { page, complaints } = await show(browser, file, { width: 1280, scheme: 'light' });
  expect(await shown(page)).toHaveLength(MANY);
  await page.fill('input[type=search]', 'config-4711');
  await page.waitForFunction(() => document.querySelector('output')?.textContent.startsWith('1 of') === true);
  expect(await shown(page)).toEqual([expect.stringContaining('config-4711')]);
  expect(complaints).toEqual([]);
  await page.close();
}, 300_000);
