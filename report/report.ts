import type { CheckResult } from '../checks/engine';
import type { Platform, Report, Service, SetReport } from './report-model';
import { setReport, type ReportInput } from './set-report';

export interface ReportParts {
  /** What the user named. */
  readonly paths: readonly string[];
  readonly sets: readonly ReportInput[];
  readonly checked: Pick<CheckResult, 'findings' | 'waived'>;
  readonly platform?: Platform;
}

/**
 * The whole of what is in some folders. Pure: the same input gives the same report.
 *
 * @throws QuantityError where a resource is no quantity.
 */
export function reportOf({ paths, sets, checked, platform }: ReportParts): Report {
  const { findings, waived } = checked;
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  return {
    version: 1,
    paths,
    platform: platform ?? null,
    sets: sets.map(setReport),
    findings: {
      counts: { error: count('error'), warning: count('warning'), info: count('info') },
      waived: waived.length,
      listed: findings.filter(({ severity }) => severity !== 'info'),
    },
  };
}

/**
 * What runs in the phase of a set on other clusters only, such as at an edge site, each with the cluster it is on.
 */
export function elsewhere(main: SetReport, sets: readonly SetReport[]): readonly Service[] {
  const known = new Set(main.services.map(({ id }) => id));
  return sets
    .filter(({ phase, cluster }) => phase !== null && phase === main.phase && cluster !== main.cluster)
    .flatMap(({ services, cluster }) => services.map((service) => ({ ...service, only: cluster ?? '' })))
    .filter(({ id }) => !known.has(id) && known.add(id));
}

/** The set that shows most of the platform: of the latest phase the one with the most services. */
export function mainSet<Set extends { readonly phase: string | null; readonly services: readonly unknown[] }>(
  sets: readonly Set[],
): Set | undefined {
  return sets.reduce<Set | undefined>((best, next) => {
    if (best === undefined) return next;
    const later = (next.phase ?? '').localeCompare(best.phase ?? '');
    return later > 0 || (later === 0 && next.services.length > best.services.length) ? next : best;
  }, undefined);
}
