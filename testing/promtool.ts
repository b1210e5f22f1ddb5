import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';

/**
 * What promtool says of expressions, each as a rule of its own: nothing where it is content. It knows what grammar does
 * not: that `rate` wants a range, and an aggregation a vector.
 *
 * @throws where promtool is not there, with how to get it.
 */
export function promtoolFaults(expressions: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'aia-promtool-'));
  try {
    const file = path.join(folder, 'rules.yaml');
    const rules = expressions.map((expr, index) => ({ record: `query:${index}`, expr }));
    writeFileSync(file, stringify({ groups: [{ name: 'queries', rules }] }));
    const { error, status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
    if (error !== undefined) {
      throw new Error(
        'promtool is not there.\n  Fix: apt-get install prometheus, brew install prometheus, or https://prometheus.io/download/',
      );
    }
    return status === 0 ? '' : `${stdout}${stderr}`.replaceAll(file, 'rules.yaml').trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
