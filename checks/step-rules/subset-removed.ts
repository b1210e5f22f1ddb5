import { asList, at, textAt } from '../../model/manifest/access';
import { sampleDeployment, sampleObject, sampleService } from '../samples';
import { canonicalHost, destinationsOf } from '../set/mesh-hosts';
import { namespaceOf } from '../set/object-set';
import type { StepRule } from '../set-rule';
import { samplePhases } from './samples';

const phase = (subset: string, others = ''): string =>
  [
    sampleDeployment(''),
    sampleService(),
    sampleObject(
      'networking.istio.io/v1',
      'DestinationRule',
      `host: web\nsubsets:\n  - name: ${subset}\n    labels:\n      app: web\n${others}`,
    ),
    sampleObject(
      'networking.istio.io/v1',
      'VirtualService',
      `hosts:\n  - web\nhttp:\n  - retries:\n      attempts: 0\n    route:\n      - destination:\n          host: web\n          subset: ${subset}`,
    ),
  ].join('---\n');

/** A subset that goes while the routes of the phase before still lead to it. */
export const subsetRemoved: StepRule = {
  id: 'subset-removed',
  title: 'a subset outlives the routes to it',
  severity: 'error',
  why: 'DestinationRules are applied before VirtualServices, so between the two the old routes lead to a subset that is gone: 503.',
  fix: 'keep the subset in this phase, and remove it in the next',
  sources: [
    'https://istio.io/latest/docs/ops/best-practices/traffic-management/#avoid-503-errors-while-reconfiguring-service-routes',
  ],
  checkStep({ from, before, after }, report) {
    const used = new Map<string, string>();
    for (const member of before.values()) {
      if (member.object.kind !== 'VirtualService') continue;
      for (const { host, subset } of destinationsOf(member))
        if (subset !== undefined)
          used.set(`${canonicalHost(host, namespaceOf(member.object))} ${subset}`, member.object.metadata.name);
    }
    for (const [identity, member] of after) {
      const old = before.get(identity);
      if (!old || member.object.kind !== 'DestinationRule') continue;
      const host = canonicalHost(textAt(old.object, 'spec', 'host') ?? '', namespaceOf(old.object));
      const names = ({ object }: typeof member): readonly string[] =>
        asList(at(object, 'spec', 'subsets')).flatMap((subset) => textAt(subset, 'name') ?? []);
      const kept = names(member);
      for (const subset of names(old)) {
        const route = used.get(`${host} ${subset}`);
        if (route === undefined || kept.includes(subset)) continue;
        report(member, ['spec', 'subsets'], `lacks ${subset}, to which VirtualService ${route} of ${from} leads`);
      }
    }
  },
  samples: {
    pass: samplePhases(phase('v1'), phase('v2', '  - name: v1\n    labels:\n      app: web')),
    fail: samplePhases(phase('v1'), phase('v2')),
  },
};
