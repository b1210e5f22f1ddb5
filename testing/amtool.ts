import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';

/** What amtool said, and whether it was content. */
export interface Answer {
  readonly ok: boolean;
  readonly text: string;
}

/**
 * Asks Alertmanager's own tool about a configuration.
 *
 * Debian 12 has release 0.25, which does not know `url_file` of a webhook: that came with 0.26, and the chart runs 0.28.
 * For such a one an address stands in its place; that the file is one of the Secret is tested apart.
 *
 * @param command what comes before the file: `check-config`, or `config routes test` with its options.
 * @throws where amtool is not there, with how to get it.
 */
export function amtool(config: unknown, command: readonly string[], labels: readonly string[] = []): Answer {
  const folder = mkdtempSync(path.join(tmpdir(), 'aia-amtool-'));
  try {
    const file = path.join(folder, 'alertmanager.yaml');
    const written = stringify(config);
    writeFileSync(file, knowsUrlFile() ? written : written.replaceAll(/url_file: \S+/g, 'url: http://localhost/'));
    const args = command[0] === 'check-config' ? [...command, file] : [...command, `--config.file=${file}`, ...labels];
    const { status, stdout, stderr } = run(args);
    // What Debian's own settings make it warn of is no answer.
    const text = status === 0 ? stdout : `${stdout}${stderr}`;
    return { ok: status === 0, text: text.replaceAll(file, 'alertmanager.yaml').trim() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let answer: boolean | undefined;

/** Asked once: there are many configurations, and one amtool. */
function knowsUrlFile(): boolean {
  if (answer === undefined) {
    const [, major = '0', minor = '0'] = /version (\d+)\.(\d+)/.exec(run(['--version']).stdout) ?? [];
    answer = Number(major) > 0 || Number(minor) >= 26;
  }
  return answer;
}

function run(args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { error, status, stdout, stderr } = spawnSync('amtool', [...args], { encoding: 'utf8' });
  if (error !== undefined) {
    throw new Error(
      'amtool is not there.\n  Fix: apt-get install prometheus-alertmanager, brew install alertmanager, or https://prometheus.io/download/#alertmanager',
    );
  }
  return { status, stdout, stderr };
}
