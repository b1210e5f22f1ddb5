import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import { podOf } from '../pods';
import type { Report, Rule } from '../rule';
import { sampleObject } from '../samples';

const CLASS = 'aia.io/data-class';
const NEEDED = ['aia.io/purpose', 'aia.io/legal-basis', 'aia.io/retention-days'];

const claim = (annotations: string): string =>
  sampleObject(
    'v1',
    'PersistentVolumeClaim',
    'accessModes:\n  - ReadWriteOnce\nresources:\n  requests:\n    storage: 10Gi\nstorageClassName: aia-encrypted',
    `labels:\n  ${CLASS}: personal\n${annotations}`,
  );

/** Personal data of which nobody says what for and how long. */
export const dataPurpose: Rule = {
  id: 'data-purpose',
  title: 'workloads and claims with personal data say what for, on what basis and how long',
  severity: 'warning',
  audience: 'aia',
  why: 'The record of processing activities names purpose, legal basis and retention of every processing (GDPR, articles 5 and 30); it is made from these annotations.',
  fix: `add the annotations ${NEEDED.join(', ')}`,
  sources: ['https://gdpr-info.eu/art-30-gdpr/', 'https://gdpr-info.eu/art-5-gdpr/'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'PersistentVolumeClaim'],
  check(object, report) {
    const labels = at(podOf(object)?.template, 'metadata', 'labels') ?? object.metadata.labels;
    look(labels, object.metadata, ['metadata', 'annotations'], report);
    asList(asRecord(object.spec)?.volumeClaimTemplates).forEach((template, index) => {
      const place = ['spec', 'volumeClaimTemplates', index, 'metadata', 'annotations'];
      look(at(template, 'metadata', 'labels'), at(template, 'metadata'), place, report);
    });
  },
  samples: { pass: claim(`annotations:\n${NEEDED.map((key) => `  ${key}: "1"\n`).join('')}`), fail: claim('') },
};

function look(labels: unknown, metadata: unknown, keys: Keys, report: Report): void {
  const data = textAt(labels, CLASS);
  if (data === undefined || data === 'none') return;
  const lacking = NEEDED.filter((key) => at(metadata, 'annotations', key) === undefined);
  if (lacking.length > 0) report(keys, `lacks ${lacking.join(', ')}, though it holds ${data} data`);
}
