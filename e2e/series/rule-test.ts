import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { CommandError, run } from '../command';
import { CannotRun } from '../problem';
import { SCRAPE_SECONDS, type Recorder, type Series } from './recorder';

/** A rule of a PrometheusRule: `alert` or `record` names it. */
interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
}

interface Group {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** The groups of all PrometheusRules in a rendered phase of a cluster. */
export function groupsIn(folder: string): Group[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name).startsWith('PrometheusRule.'))
    .sort()
    .flatMap((name) => {
      const { spec } = parse(readFileSync(path.join(folder, name), 'utf8')) as { spec: { groups: Group[] } };
      return spec.groups;
    });
}

/** Lets promtool evaluate rules on what was recorded. */
export class RuleTest {
  constructor(private readonly groups: readonly Group[]) {}

  /** @throws CannotRun where no rule has an alert of that name. */
  requireAlert(name: string): void {
    if (this.groups.some(({ rules }) => rules.some(({ alert }) => alert === name))) return;
    throw new CannotRun(`no rule of the cluster has the alert ${name}`, 'see platform/alerts/, then npm start');
  }

  /** Those of the alerts that fire at a scrape, one question to promtool. */
  async firing(recorder: Recorder, scrape: number, alerts: readonly string[]): Promise<string[]> {
    const answers = await Promise.all(
      alerts.map(async (alert) => ((await this.fires(recorder, scrape, alert)) ? [alert] : [])),
    );
    return answers.flat();
  }

  private async fires(recorder: Recorder, scrape: number, alert: string): Promise<boolean> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'aia-rule-test-'));
    try {
      writeFileSync(path.join(folder, 'rules.yaml'), stringify({ groups: this.groups }));
      writeFileSync(path.join(folder, 'test.yaml'), stringify(this.testFile(recorder, scrape, alert)));
      await run('promtool', ['test', 'rules', path.join(folder, 'test.yaml')]);
      return true;
    } catch (error) {
      // It ends with 1 where an expectation is not met, and says FAILED; anything else is a fault in what it was given.
      if (error instanceof CommandError && /got: ?\S*nil|got:\s*$/m.test(error.message)) return false;
      throw error;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The test: at that time, an alert of that name fires. */
  private testFile(recorder: Recorder, scrape: number, alert: string): object {
    const interval = `${SCRAPE_SECONDS}s`;
    return {
      rule_files: ['rules.yaml'],
      evaluation_interval: interval,
      tests: [
        {
          interval,
          input_series: [...recorder.series].map(([series, values]) => ({
            series,
            values: valuesText(values, scrape),
          })),
          promql_expr_test: [
            {
              expr: `clamp_max(count(ALERTS{alertname="${alert}",alertstate="firing"}), 1)`,
              eval_time: `${scrape * SCRAPE_SECONDS}s`,
              exp_samples: [{ labels: '{}', value: 1 }],
            },
          ],
        },
      ],
    };
  }
}

/** Values up to a scrape, one for each; `_` where the series was not there, and `stale` where it had just gone. */
function valuesText(values: Series, last: number): string {
  return Array.from({ length: last + 1 }, (_, scrape) => {
    const value = values.get(scrape);
    if (value !== undefined) return String(value);
    return values.has(scrape - 1) ? 'stale' : '_';
  }).join(' ');
}
