import { readFileSync } from 'node:fs';
import type { CheckOptions, CheckResult } from '../checks/engine';
import type { FileWaiver } from '../checks/waivers';
import type { MetricSourceData } from '../model/platform/metric';

/** What is checked where no path is named, as far as it is there. */
export const DEFAULT_PATHS: readonly string[] = ['dist', 'argocd'];

export interface CheckChoice extends Pick<CheckOptions, 'target' | 'schemaOnly'> {
  /** YYYY-MM-DD, for waivers; left out: today. */
  readonly today: string | undefined;
  /** File with waivers. */
  readonly waivers: string | undefined;
}

/**
 * Checks files and folders below the working directory.
 *
 * @throws CannotReadError, WaiverFileError
 */
export async function checkPaths(
  paths: readonly string[],
  { target, schemaOnly, today, waivers }: CheckChoice,
): Promise<CheckResult> {
  const [{ checkSources }, { readSources }, { loadSchemas }] = await Promise.all([
    import('../checks/engine'),
    import('../checks/sources'),
    import('../model/schema/load'),
  ]);
  const sources = readSources(paths, process.cwd());
  return checkSources(sources, loadSchemas(), {
    target,
    schemaOnly,
    today: today ?? new Date().toISOString().slice(0, 10),
    waivers: await readWaivers(waivers),
    ...(sources.some(({ text }) => text.includes('kind: PrometheusRule')) ? { metrics: await catalogue() } : {}),
  });
}

/** Every series of the catalogue; loaded only where there are rules that could read one. */
async function catalogue(): Promise<ReadonlySet<string>> {
  const [{ metrics }, { seriesByName }, { named }] = await Promise.all([
    import('../platform/metrics'),
    import('../model/platform/metric'),
    import('../model/platform/named'),
  ]);
  return new Set(seriesByName(named<MetricSourceData>(metrics)).keys());
}

async function readWaivers(file: string | undefined): Promise<readonly FileWaiver[]> {
  if (file === undefined) return [];
  const { readWaiverFile, WaiverFileError } = await import('../checks/waiver-file');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new WaiverFileError(`${file} can not be read: check --waivers.`);
  }
  return readWaiverFile(text, file);
}
