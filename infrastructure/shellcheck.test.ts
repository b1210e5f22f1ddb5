import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { platform } from '../platform/platform';
import { renderInfrastructure } from './render';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'aia-infra-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What shellcheck says of files; it follows what they source. */
function shellcheck(files: ReadonlyMap<string, string>): string {
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const scripts = [...files.keys()].filter((file) => file.endsWith('.sh'));
  const { error, stdout } = spawnSync('shellcheck', ['--external-sources', '--format=gcc', ...scripts], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (error !== undefined) {
    throw new Error(
      'shellcheck is not there.\n  Fix: apt-get install shellcheck, brew install shellcheck, or https://www.shellcheck.net',
    );
  }
  return stdout;
}

test('shellcheck finds nothing in any script', () => {
  const files = renderInfrastructure(platform);
  expect([...files.keys()].filter((file) => file.endsWith('.sh')).length).toBeGreaterThan(10);
  expect(shellcheck(files)).toBe('');
});

test('and it would: a variable without quotes', () => {
  expect(shellcheck(new Map([['bad.sh', '#!/usr/bin/env bash\nrm -r $1\n']]))).toContain('[SC2086]');
});
