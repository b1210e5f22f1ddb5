import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderDelivery } from '../delivery/render';
import type { Pins } from '../model/platform/platform';
import { renderPlatform } from '../phases/render';
import { platform } from '../platform/platform';
import { renderText } from '../review/output/text';
import { review } from '../review/review';
import { treeOf } from '../testing/reviewed';
import { siteOf } from './review-site';

const ROOT = path.join(__dirname, '..');
const PAGE = path.join(ROOT, 'docs', 'review.md');
/** What a person sees before scrolling. */
const SCREEN = 34;
const WIDEST = 150;

type Files = Readonly<Record<string, string>>;

/** Phases 1 and 2 as they are rendered, and what Argo CD gets. */
const committed: Files = Object.fromEntries(
  ['dist/phase-1', 'dist/phase-2', 'argocd/europe-west4'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => [`${folder}/${name}`, readFileSync(path.join(ROOT, folder, name), 'utf8')]),
  ),
);

const edited = (edit: (text: string, name: string) => string): Files =>
  Object.fromEntries(Object.entries(committed).map(([name, text]) => [name, edit(text, name)]));

const EXAMPLES: Readonly<Record<string, () => Files>> = {
  'A limit lowered': () =>
    edited((text, name) =>
      name.endsWith('/Deployment.apps_aia_ml-inference-service.yaml') && name.includes('europe-west4')
        ? text.replace('memory: 4Gi', 'memory: 2Gi')
        : text,
    ),
  'A promotion from phase 1 to phase 2': () => ({
    ...Object.fromEntries(Object.entries(committed).filter(([name]) => !name.startsWith('argocd/'))),
    ...promoted(),
  }),
  'A region added': () => ({
    ...committed,
    ...Object.fromEntries(
      Object.entries(committed)
        .filter(
          ([name]) => name.startsWith('dist/phase-1/europe-west4/') || name.startsWith('argocd/europe-west4/apps/A'),
        )
        .map(([name, text]) => [name.replace('europe-west4', 'asia-east1'), inAsia(text, name)]),
    ),
  }),
  'One label on 200 objects': () => {
    let left = 200;
    return edited((text) => {
      const label = '  labels:\n    app.kubernetes.io/version: 1.1.0';
      if (left === 0) return text;
      left -= 1;
      return /^ {2}labels:$/m.test(text)
        ? text.replace(/^ {2}labels:$/m, label)
        : text.replace(/^metadata:$/m, `metadata:\n${label}`);
    });
  },
};

/** What `npm start` writes once the pin is on phase 2: paths, what is not compared, and the add-ons of the phase. */
function promoted(): Files {
  const pins: Pins = new Map(Object.keys(platform.clusters).map((name) => [name, 'none']));
  const files = renderDelivery(
    platform,
    new Map([...pins, ['europe-west4', 'phase-2']]),
    renderPlatform(platform).cells,
  );
  return Object.fromEntries(
    [...files].filter(([name]) => name.startsWith('europe-west4/')).map(([name, text]) => [`argocd/${name}`, text]),
  );
}

function inAsia(text: string, name: string): string {
  const moved = text.replaceAll('europe-west4', 'asia-east1');
  return name.endsWith('/Deployment.apps_aia_api.yaml') ? moved.replace('replicas: 3', 'replicas: 2') : moved;
}

async function firstScreen(head: Files): Promise<string> {
  const site = await siteOf(Object.keys(committed));
  const result = review(treeOf('main', committed), treeOf('the work tree', head), { today: '2026-01-01', ...site });
  const lines = renderText(result.review, { color: false, title: 'main → the work tree' }).trimEnd().split('\n');
  const shown = lines.slice(0, SCREEN).map((line) => (line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line));
  const rest = lines.length - shown.length;
  return [...shown, ...(rest > 0 ? [`(${rest} more lines)`] : [])].join('\n');
}

describe('docs/review.md', () => {
  test.each(Object.keys(EXAMPLES))('%s: the first screen is what the command prints', async (title) => {
    const head = EXAMPLES[title];
    if (!head) throw new Error(title);
    const block = `### ${title}\n\n\`\`\`text\n${await firstScreen(head())}\n\`\`\`\n`;
    const page = readFileSync(PAGE, 'utf8');
    // UPDATE_DOCS=1 writes the page anew, after a change of what is rendered.
    if (process.env.UPDATE_DOCS !== undefined) {
      const old = new RegExp(`### ${title}\\n\\n\`\`\`text\\n[\\s\\S]*?\\n\`\`\`\\n`);
      writeFileSync(
        PAGE,
        page.replace(old, () => block),
      );
      return;
    }
    expect(page).toContain(block);
  });
});
