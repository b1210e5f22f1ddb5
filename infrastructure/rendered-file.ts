/** What says in every file of `infra/` that it is rendered; a file without it was not written by us. */
const HEADER = '# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.';
const SHEBANG = '#!/usr/bin/env bash';

/** The head of a file: that it is rendered, and where it belongs, so that a copy elsewhere is told from it. */
function head(path: string): string {
  return `${HEADER}\n# infra/${path}`;
}

/** A script that people run. */
export function scriptFile(path: string, about: readonly string[], body: readonly string[]): string {
  const comment = about.map((line) => (line === '' ? '#' : `# ${line}`));
  return [SHEBANG, head(path), '#', ...comment, 'set -euo pipefail', ...body, ''].join('\n');
}

/** A file that is no program: YAML, or shell that others read in. */
export function textFile(path: string, text: string): string {
  return `${head(path)}\n${text.trimEnd()}\n`;
}

/** Whether a file can have been written by us: it says so, and lies where it says that it does. */
export function isRenderedFile(path: string, text: string): boolean {
  const lines = text.startsWith(`${SHEBANG}\n`) ? text.slice(SHEBANG.length + 1) : text;
  return lines.startsWith(`${head(path)}\n`);
}
