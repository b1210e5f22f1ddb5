import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import { podOf, type Pod } from '../pods';
import type { Rule } from '../rule';
import { sampleDeployment } from '../samples';

const PROTECTED = new Set(['personal', 'special']);
/** Node labels that tie a pod to a place: AIA's pools exist only in the regions that it has chosen. */
const PLACES = new Set(['aia.io/pool', 'topology.kubernetes.io/region']);

const labelled = (podSpec: string): string =>
  sampleDeployment('', podSpec).replace(
    '      labels:\n        app: web',
    '      labels:\n        app: web\n        aia.io/data-class: personal',
  );

/** Personal data on a pod that may run anywhere. */
export const dataResidency: Rule = {
  id: 'data-residency',
  title: 'pods with personal data are tied to a place',
  severity: 'warning',
  audience: 'aia',
  why: 'The scheduler puts the pod on any node, also one that is added in another country tomorrow.',
  fix: 'require a node affinity on aia.io/pool or topology.kubernetes.io/region',
  sources: ['https://gdpr-info.eu/art-44-gdpr/'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'],
  check(object, report) {
    const pod = podOf(object);
    const data = textAt(pod?.template, 'metadata', 'labels', 'aia.io/data-class');
    if (pod && data !== undefined && PROTECTED.has(data) && !isTied(pod)) {
      report([...pod.specKeys, 'affinity'], `does not tie the pod to a place, though it holds ${data} data`);
    }
  },
  samples: { pass: labelled('nodeSelector:\n  aia.io/pool: core'), fail: labelled('') },
};

function isTied({ spec }: Pod): boolean {
  if (Object.keys(asRecord(spec.nodeSelector) ?? {}).some((key) => PLACES.has(key))) return true;
  const terms = asList(
    at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'),
  );
  // Terms are alternatives: each of them must say where.
  return (
    terms.length > 0 &&
    terms.every((term) =>
      asList(asRecord(term)?.matchExpressions).some(
        (one) => PLACES.has(textAt(one, 'key') ?? '') && textAt(one, 'operator') === 'In',
      ),
    )
  );
}
