import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Programs that pages for people call; anything else in a script is "command not found". */
const PROGRAMS = [
  ...['kubectl', 'npm', 'aia', 'gcloud', 'git', 'curl', 'dig', 'openssl', 'jq'],
  ...['awk', 'base64', 'cat', 'date', 'grep', 'head', 'sed', 'sort', 'tail'],
];

/** Writes its own name and its arguments to the record, and does nothing; no program is needed for it. */
const STUB = `#!/bin/bash
printf '%s\\0' "\${0##*/}" "$@" $'\\x1e' >>"$RECORD"
`;

/** What a script would run, and what the shell had to say of it. */
export interface Recorded {
  /** Each program with its arguments, as the shell hands them over. */
  readonly commands: readonly (readonly string[])[];
  /** Syntax errors, and programs that no stub stands in for. */
  readonly complaints: string;
}

/**
 * Lets bash itself read a script, with stubs in the place of all programs: quotes, variables, functions and pipes then
 * mean what they mean, and nothing is done. A word in angle brackets is a placeholder, not a redirection.
 */
export function recordCommands(script: string): Recorded {
  const folder = mkdtempSync(path.join(tmpdir(), 'aia-recorded-'));
  try {
    const bin = path.join(folder, 'bin');
    const record = path.join(folder, 'record');
    mkdirSync(bin);
    for (const program of PROGRAMS) {
      writeFileSync(path.join(bin, program), STUB);
      chmodSync(path.join(bin, program), 0o755);
    }
    const { stderr, error } = spawnSync('/bin/bash', ['--norc', '--noprofile'], {
      input: script.replaceAll(/<([a-z][a-z-]*)>/g, 'PLACEHOLDER'),
      cwd: folder,
      env: { PATH: bin, RECORD: record, HOME: folder },
      encoding: 'utf8',
      timeout: 10_000,
    });
    if (error !== undefined) throw error;
    const text = existsSync(record) ? readFileSync(record, 'utf8') : '';
    const commands = text
      .split('\x1e\0')
      .filter((command) => command !== '')
      .map((command) => command.split('\0').slice(0, -1));
    return { commands, complaints: stderr.trim() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
