import { asList, asNumber, asRecord, at } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const rule = (lines: string): string =>
  sampleObject(
    'networking.istio.io/v1',
    'DestinationRule',
    `host: web\ntrafficPolicy:\n  outlierDetection:\n    consecutive5xxErrors: 5\n${lines}`,
  );

/** Outlier detection with the default of 10 %, which ejects nothing where there are fewer than ten pods. */
export const destinationRuleEjection: Rule = {
  id: 'destinationrule-ejection',
  title: 'outlier detection may eject a pod',
  severity: 'warning',
  why: 'maxEjectionPercent is 10 if it is not written, and Envoy keeps to it: with fewer than ten pods no sick pod is ever taken out.',
  fix: 'write maxEjectionPercent: 100 divided by the least number of pods, rounded up (34 for 3)',
  sources: [
    'https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection',
    'https://github.com/envoyproxy/envoy/pull/27909',
  ],
  kinds: ['DestinationRule'],
  check(object, report) {
    const policies = [
      { keys: ['spec', 'trafficPolicy'], policy: at(object, 'spec', 'trafficPolicy') },
      ...asList(asRecord(object.spec)?.subsets).map((subset, index) => ({
        keys: ['spec', 'subsets', index, 'trafficPolicy'],
        policy: at(subset, 'trafficPolicy'),
      })),
    ];
    for (const { keys, policy } of policies) {
      const detection = asRecord(at(policy, 'outlierDetection'));
      if (!detection || asNumber(detection.maxEjectionPercent) !== undefined) continue;
      report([...keys, 'outlierDetection', 'maxEjectionPercent'], 'is not written, so it is 10');
    }
  },
  samples: { pass: rule('    maxEjectionPercent: 34'), fail: rule('') },
};
