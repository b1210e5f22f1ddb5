import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const CANDIDATES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A page of ours in a real browser, and what went wrong while it was looked at. */
export interface Shown {
  readonly page: Page;
  /** Messages of the console and requests for anything but the page itself. */
  readonly complaints: readonly string[];
}

export interface Look {
  /** Pixels. */
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** @throws Error that says how to get a browser, where there is none. */
export function startBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM;
  const executablePath =
    named ??
    (process.env.PATH ?? '')
      .split(path.delimiter)
      .flatMap((folder) => CANDIDATES.map((name) => path.join(folder, name)))
      .find((file) => existsSync(file));
  if (executablePath === undefined)
    throw new Error('a Chromium is needed: apt-get install chromium, or set CHROMIUM to the path of one');
  // What it shows is our own; containers seldom allow its sandbox.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** Opens a file as a reader does who has it from an artifact: from the disk, offline. */
export async function show(browser: Browser, file: string, { width, scheme }: Look): Promise<Shown> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme, offline: true });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return { page, complaints };
}

/** Pixels by which the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, its rules for contrast among them: the rule, and the first element. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}
