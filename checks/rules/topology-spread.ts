import { asList, asNumber, asRecord, at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { sampleDeployment } from '../samples';

const spread = (selector: string): string =>
  sampleDeployment(
    '',
    `topologySpreadConstraints:\n  - maxSkew: 1\n    topologyKey: topology.kubernetes.io/zone\n    whenUnsatisfiable: ScheduleAnyway\n${selector}`,
  );

/** A spread that counts no pods. */
export const topologySpread: Rule = {
  id: 'topology-spread',
  title: 'a spread counts the pods that it spreads',
  severity: 'warning',
  why: 'Without a selector that matches the pod itself the scheduler counts nothing, and all pods may land on one node.',
  fix: 'select the labels of this pod template',
  sources: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    if (!pod) return;
    const labels = asRecord(at(pod.template, 'metadata', 'labels')) ?? {};
    asList(pod.spec.topologySpreadConstraints).forEach((constraint, index) => {
      const place = [...pod.specKeys, 'topologySpreadConstraints', index];
      const selector = asRecord(asRecord(constraint)?.labelSelector);
      const skew = asNumber(asRecord(constraint)?.maxSkew);
      if (skew !== undefined && skew < 1)
        report([...place, 'maxSkew'], `is ${skew}, must be at least 1`, { severity: 'error', fix: 'write 1' });
      if (!selector) {
        report(place, 'has no labelSelector and counts no pods');
        return;
      }
      for (const [key, value] of Object.entries(asRecord(selector.matchLabels) ?? {})) {
        if (labels[key] !== value)
          report(
            [...place, 'labelSelector', 'matchLabels', key],
            `is ${String(value)}, which this pod template does not have`,
          );
      }
    });
  },
  samples: { pass: spread('    labelSelector:\n      matchLabels:\n        app: web'), fail: spread('') },
};
