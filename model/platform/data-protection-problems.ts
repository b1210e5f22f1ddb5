import { EEA, type DataProtection } from './data-protection';
import { named } from './named';
import { isSince } from './phase';
import type { Platform } from './platform';
import { formatValue, type Problem } from './problems';
import { SOURCES, workloadFile } from './sources';
import type { DataClass, Processing, Workload } from './workload';

type Report = (file: string, key: string, value: unknown, message: string, fix: string) => void;

/** Data about people: pseudonymised data still is (GDPR recital 26), so it stands in the record too. */
export function isAboutPeople(dataClass: DataClass): boolean {
  return dataClass !== 'none';
}

/** What is missing for a complete record of processing activities, and promises that no job keeps. */
export function dataProtectionProblems(platform: Platform): Problem[] {
  const { dataProtection } = platform;
  const problems: Problem[] = [];
  const report: Report = (file, key, value, message, fix) => {
    const text = formatValue(value);
    problems.push({ file, key, ...(text === undefined ? {} : { value: text }), message, fix });
  };
  for (const workload of named(platform.workloads)) {
    processingProblems(workloadFile(workload.name), '', workload, dataProtection, report);
    if (isAboutPeople(workload.dataClass)) storageProblems(workload, platform, report);
  }
  for (const place of named(dataProtection.places)) {
    processingProblems(SOURCES.dataProtection, `places.${place.name}.`, place, dataProtection, report);
    if (isAboutPeople(place.dataClass) && place.processing.retentionDays === 0) {
      const message = 'is 0 days, but data lies there';
      const key = `places.${place.name}.processing.retentionDays`;
      report(SOURCES.dataProtection, key, 0, message, 'write after how many days it is deleted');
    }
  }
  clusterNameProblems('places', dataProtection.places, platform, report);
  clusterNameProblems('recipients', dataProtection.recipients, platform, report);
  transferProblems(SOURCES.dataProtection, 'recipients', dataProtection.recipients, report);
  const places = Object.fromEntries(
    named(platform.clusters).map(({ name, location }) => [`${name}.location`, location]),
  );
  transferProblems(SOURCES.clusters, '', places, report);
  return problems;
}

function processingProblems(
  file: string,
  at: string,
  { dataClass, processing }: { readonly dataClass: DataClass; readonly processing: Processing },
  { subjects, categories, assessments }: DataProtection,
  report: Report,
): void {
  const key = `${at}processing`;
  type Field = 'subjects' | 'categories' | 'assessment';
  const known = (field: Field, names: readonly string[], all: Readonly<Record<string, unknown>>): void => {
    for (const name of names) {
      if (Object.hasOwn(all, name)) continue;
      const fix = `write one of ${Object.keys(all).join(', ')}, or add it to ${SOURCES.dataProtection}`;
      report(file, `${key}.${field}`, name, `is none of the ${field === 'assessment' ? 'assessments' : field}`, fix);
    }
  };
  known('subjects', processing.subjects ?? [], subjects);
  known('categories', processing.categories ?? [], categories);
  known('assessment', processing.assessment === undefined ? [] : [processing.assessment], assessments);
  if (!isAboutPeople(dataClass)) return;

  for (const field of ['subjects', 'categories'] as const) {
    if (processing[field] !== undefined) continue;
    const message = `is missing: ${dataClass} data stands in the record of processing with it (GDPR Article 30)`;
    report(file, `${key}.${field}`, undefined, message, `write keys of ${field} in ${SOURCES.dataProtection}`);
  }
  const special = (processing.categories ?? []).filter((name) => categories[name]?.special === true);
  if (dataClass === 'special' && processing.assessment === undefined) {
    const message = 'is missing: special data needs an impact assessment before it is processed (GDPR Article 35)';
    report(file, `${key}.assessment`, undefined, message, `write a key of assessments in ${SOURCES.dataProtection}`);
  }
  if (dataClass === 'special' && processing.categories !== undefined && special.length === 0) {
    const message = 'holds no special category, but dataClass says special';
    report(file, `${key}.categories`, processing.categories, message, 'add the category, or lower the class');
  }
  if (dataClass === 'personal' && special.length > 0) {
    const message = `is a special category (GDPR Article 9), but dataClass says personal`;
    report(file, `${key}.categories`, special.join(', '), message, "write dataClass: 'special'");
  }
  if (dataClass === 'special' && !/\b9\(2\)/.test(processing.legalBasis)) {
    const message = 'names no exception of Article 9(2), without which special data may not be processed';
    report(file, `${key}.legalBasis`, processing.legalBasis, message, 'add it, such as "GDPR Art. 9(2)(a) …"');
  }
}

/** A store must say when its data goes, and the jobs that see to it must be allowed to reach it. */
function storageProblems(workload: Workload, { workloads, dataProtection }: Platform, report: Report): void {
  if (workload.kind !== 'StatefulSet') return;
  const file = workloadFile(workload.name);
  if (workload.processing.retentionDays === 0) {
    const message = `is 0 days, but the claim "${workload.claims[0]?.name ?? ''}" stores data`;
    report(file, 'processing.retentionDays', 0, message, 'write after how many days the data is deleted');
  }
  for (const [task, job] of Object.entries(dataProtection.jobs)) {
    const found = workloads[job];
    if (found?.kind !== 'CronJob') {
      report(SOURCES.dataProtection, `jobs.${task}`, job, 'is no CronJob of the platform', 'write the name of one');
    } else if (!isSince(workload.since, found.since)) {
      continue;
    } else if (workload.callers[job] === undefined) {
      const message = `lacks ${job}, which deletes here what is due`;
      report(file, 'callers', Object.keys(workload.callers), message, `add '${job}': {}`);
    }
  }
}

function clusterNameProblems(
  list: string,
  entries: Readonly<Record<string, { readonly clusters?: string[] | undefined }>>,
  { clusters: all }: Platform,
  report: Report,
): void {
  for (const [name, { clusters }] of Object.entries(entries)) {
    for (const cluster of clusters ?? []) {
      if (Object.hasOwn(all, cluster)) continue;
      const fix = `write one of ${Object.keys(all).join(', ')}`;
      report(SOURCES.dataProtection, `${list}.${name}.clusters`, cluster, 'is no cluster', fix);
    }
  }
}

function transferProblems(
  file: string,
  list: string,
  entries: Readonly<Record<string, { readonly country: string; readonly safeguard?: string | undefined }>>,
  report: Report,
): void {
  for (const [name, { country, safeguard }] of Object.entries(entries)) {
    if (EEA.has(country) || safeguard !== undefined) continue;
    const message = 'is outside of the European Economic Area: a transfer needs a safeguard (GDPR Articles 44 to 46)';
    report(
      file,
      `${list === '' ? '' : `${list}.`}${name}.country`,
      country,
      message,
      'add safeguard, or choose another',
    );
  }
}
