import { asList, asRecord, at, shown, type Keys } from '../../model/manifest/access';
import { podOf } from '../pods';
import type { Report, Rule } from '../rule';
import { sampleObject } from '../samples';

const LABEL = 'aia.io/data-class';
const CLASSES = ['none', 'personal', 'pseudonymised', 'special'];

const claim = (labels: string): string =>
  sampleObject(
    'v1',
    'PersistentVolumeClaim',
    'accessModes:\n  - ReadWriteOnce\nresources:\n  requests:\n    storage: 10Gi\nstorageClassName: aia-encrypted',
    labels,
  );

/** Workloads and claims that do not say which data they hold. */
export const dataClass: Rule = {
  id: 'data-class',
  title: 'workloads and claims say which class of data they hold',
  severity: 'warning',
  audience: 'aia',
  why: 'The record of processing activities (GDPR, article 30) and the rules on places are made from this label: what lacks it is in neither.',
  fix: `add the label ${LABEL}: ${CLASSES.join(', ')}`,
  sources: ['https://gdpr-info.eu/art-30-gdpr/'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'PersistentVolumeClaim'],
  check(object, report) {
    const pod = podOf(object);
    if (pod) look(at(pod.template, 'metadata', 'labels'), [...pod.keys, 'metadata', 'labels'], report);
    else look(object.metadata.labels, ['metadata', 'labels'], report);
    asList(asRecord(object.spec)?.volumeClaimTemplates).forEach((claim, index) => {
      look(at(claim, 'metadata', 'labels'), ['spec', 'volumeClaimTemplates', index, 'metadata', 'labels'], report);
    });
  },
  samples: { pass: claim(`labels:\n  ${LABEL}: personal`), fail: claim('') },
};

function look(labels: unknown, keys: Keys, report: Report): void {
  const value = asRecord(labels)?.[LABEL];
  if (value === undefined) report(keys, `lacks ${LABEL}`);
  else if (!CLASSES.includes(shown(value)))
    report([...keys, LABEL], `is ${shown(value)}, must be one of ${CLASSES.join(', ')}`, { severity: 'error' });
}
