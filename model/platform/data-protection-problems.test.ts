import { platform } from '../../platform/platform';
import { dataProtectionProblems } from './data-protection-problems';
import type { Platform } from './platform';
import { formatProblem } from './problems';

const messages = (change: (data: Platform) => void): string[] => {
  const changed = structuredClone(platform);
  change(changed);
  return dataProtectionProblems(changed).map(formatProblem);
};

function workload(data: Platform, name: string): Platform['workloads'][string] {
  const found = data.workloads[name];
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function cluster(data: Platform, name: string): Platform['clusters'][string] {
  const found = data.clusters[name];
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

test("the platform's own data is complete", () => {
  expect(messages(() => undefined)).toEqual([]);
});

test.each<[string, (data: Platform) => void, RegExp]>([
  [
    'personal data of nobody in particular',
    (data) => delete workload(data, 'api').processing.subjects,
    /api\.ts: processing\.subjects is missing: personal data stands in the record/,
  ],
  [
    'special data without an impact assessment',
    (data) => delete workload(data, 'biometric-processor').processing.assessment,
    /biometric-processor\.ts: processing\.assessment is missing: special data needs an impact assessment.*Article 35/,
  ],
  [
    'an assessment that is not there',
    (data) => (workload(data, 'ws-gateway').processing.assessment = 'other'),
    /ws-gateway\.ts: processing\.assessment: "other" is none of the assessments\n {2}Fix: write one of cognitive-and-biometric/,
  ],
  [
    'a special category under a lower class',
    (data) => (workload(data, 'api').processing.categories = ['biometric']),
    /api\.ts: processing\.categories: "biometric" is a special category.*says personal/,
  ],
  [
    'a special class without a special category',
    (data) => (workload(data, 'ws-gateway').processing.categories = ['session']),
    /ws-gateway\.ts: processing\.categories: \["session"\] holds no special category/,
  ],
  [
    'special data without an exception of Article 9',
    (data) => (workload(data, 'ws-gateway').processing.legalBasis = 'GDPR Art. 6(1)(b) contract'),
    /ws-gateway\.ts: processing\.legalBasis: .*names no exception of Article 9\(2\)/,
  ],
  [
    'a claim whose data stays for ever',
    (data) => (workload(data, 'neural-store').processing.retentionDays = 0),
    /neural-store\.ts: processing\.retentionDays: 0 is 0 days, but the claim "data" stores data/,
  ],
  [
    'a store that the erasure job may not reach',
    (data) => delete workload(data, 'cognitive-cache').callers['gdpr-erasure'],
    /cognitive-cache\.ts: callers: .*lacks gdpr-erasure.*\n {2}Fix: add 'gdpr-erasure': \{\}/,
  ],
  [
    'a retention job that is none',
    (data) => (data.dataProtection.jobs.retention = 'api'),
    /data-protection\.ts: jobs\.retention: "api" is no CronJob/,
  ],
  [
    'a region outside of the Economic Area without a safeguard',
    (data) => (cluster(data, 'europe-west1').location = { place: 'Moncks Corner', country: 'US', use: 'production' }),
    /clusters\.ts: europe-west1\.location\.country: "US" is outside of the European Economic Area/,
  ],
  [
    'logs that are never deleted',
    (data) => {
      const { logs } = data.dataProtection.places;
      if (logs) logs.processing.retentionDays = 0;
    },
    /data-protection\.ts: places\.logs\.processing\.retentionDays: 0 is 0 days, but data lies there/,
  ],
  [
    'a recipient for a cluster that is not there',
    (data) => {
      const provider = data.dataProtection.recipients['cloud-provider'];
      if (provider) provider.clusters = ['moon'];
    },
    /data-protection\.ts: recipients\.cloud-provider\.clusters: "moon" is no cluster/,
  ],
])('%s is refused', (_, change, expected) => {
  expect(messages(change)).toContainEqual(expect.stringMatching(expected));
});

test('a transfer with a safeguard is taken', () => {
  const location = { place: 'Zürich', country: 'CH', use: 'production', safeguard: 'Adequacy decision 2000/518/EC' };
  expect(messages((data) => Object.assign(cluster(data, 'europe-west1'), { location }))).toEqual([]);
});

test('data that is about nobody needs none of this', () => {
  expect(
    messages((data) => {
      const api = workload(data, 'api');
      api.dataClass = 'none';
      delete api.processing.subjects;
      delete api.processing.categories;
    }),
  ).toEqual([]);
});
