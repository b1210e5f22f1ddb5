import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, '../docs/runbooks');

/** One page of docs/runbooks. */
export interface Runbook {
  /** Its name without `.md`. */
  readonly id: string;
  readonly text: string;
  readonly title: string;
  /** Text below each second-level heading, without the commands in it taken out. */
  readonly sections: ReadonlyMap<string, string>;
}

/** Every page but the index. */
export function runbooks(): Runbook[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => parseRunbook(name.replace(/\.md$/, ''), readFileSync(path.join(FOLDER, name), 'utf8')));
}

export function parseRunbook(id: string, text: string): Runbook {
  const [head = '', ...rest] = text.split(/^## /m);
  const sections = new Map(
    rest.map((part): [string, string] => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).trim(), part.slice(end + 1)];
    }),
  );
  return { id, text, title: /^# (.+)$/m.exec(head)?.[1] ?? '', sections };
}

/** What stands in ```sh blocks, in order, as one script: a page sets a variable in one and uses it in the next. */
export function scriptOf(text: string): string {
  return [...text.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, block]) => block ?? '').join('\n');
}

/** Commands that stand in the running text, ready to be copied: more than the name of a command. */
export function inlineCommands(text: string): string[] {
  const prose = text.replace(/^ *```[^]*?^ *```$/gm, '');
  return [...prose.matchAll(/`([^`]+)`/g)]
    .map(([, code = '']) => code.replace(/\s+/g, ' ').trim())
    .filter((code) => /^(?:(?:kubectl|gcloud)(?: \S+){3}|npm run aia -- \w|aia (?!-)\w+ --)/.test(code));
}
