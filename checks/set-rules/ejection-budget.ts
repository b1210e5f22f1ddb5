import { asList, asNumber, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject, sampleService } from '../samples';
import { resolveHost } from '../set/mesh-hosts';
import { namespaceOf, type ObjectSet } from '../set/object-set';
import { podCounts } from '../set/scaling';
import { readSelector } from '../set/selector';
import type { SetRule } from '../set-rule';

const rule = (percent: number): string =>
  sampleObject(
    'networking.istio.io/v1',
    'DestinationRule',
    `host: web\ntrafficPolicy:\n  outlierDetection:\n    consecutive5xxErrors: 5\n    maxEjectionPercent: ${percent}`,
  );

/** Outlier detection that may not take out one pod, and failover without it. */
export const ejectionBudget: SetRule = {
  id: 'ejection-budget',
  title: 'outlier detection may eject one pod of the least number that runs',
  severity: 'warning',
  why: 'Envoy ejects whole pods: 30 percent of 3 pods is less than one, so the sick pod stays. Failover to another place needs outlier detection to notice anything.',
  fix: 'write maxEjectionPercent: 100 divided by the least number of pods, rounded up (34 for 3)',
  sources: [
    'https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection',
    'https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/failover/',
  ],
  checkSet(set, report) {
    for (const member of set.ofKind('networking.istio.io', 'DestinationRule')) {
      const policies: Keys[] = [
        ['spec', 'trafficPolicy'],
        ...asList(at(member.object, 'spec', 'subsets')).map((_, index) => ['spec', 'subsets', index, 'trafficPolicy']),
      ];
      for (const keys of policies) {
        const policy = at(member.object, ...keys);
        const detection = asRecord(at(policy, 'outlierDetection'));
        const locality = asRecord(at(policy, 'loadBalancer', 'localityLbSetting'));
        if (
          !detection &&
          locality &&
          locality.enabled !== false &&
          (locality.failover ?? locality.failoverPriority) !== undefined
        )
          report(
            member,
            [...keys, 'loadBalancer', 'localityLbSetting'],
            'fails over, but no outlierDetection notices that a place is sick',
            {
              fix: 'add outlierDetection',
            },
          );
        const percent = asNumber(detection?.maxEjectionPercent);
        // 0 is a decision: nothing is ever ejected.
        if (percent === undefined || percent === 0) continue;
        const pods = leastPods(set, textAt(member.object, 'spec', 'host') ?? '', namespaceOf(member.object));
        if (pods !== undefined && pods > 0 && percent * pods < 100)
          report(
            member,
            [...keys, 'outlierDetection', 'maxEjectionPercent'],
            `is ${percent}, less than one of the ${pods} pod${pods === 1 ? '' : 's'} that run at least`,
            {
              fix: `write ${Math.ceil(100 / pods)}`,
            },
          );
      }
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment('replicas: 3'), sampleService(), rule(34)),
    fail: sampleDocuments(sampleDeployment('replicas: 3'), sampleService(), rule(30)),
  },
};

/** Pods behind a host at the least; undefined where that can't be known. */
function leastPods(set: ObjectSet, host: string, namespace: string): number | undefined {
  const found = resolveHost(set, host, namespace);
  if (found.kind !== 'service') return undefined;
  const selector = readSelector(at(found.service.object, 'spec', 'selector'), true);
  const counts = selector
    ? set.select(selector, namespaceOf(found.service.object)).map((owner) => podCounts(set, owner))
    : [];
  if (counts.length === 0 || counts.includes(undefined)) return undefined;
  return counts.reduce((sum, count) => sum + (count?.min ?? 0), 0);
}
