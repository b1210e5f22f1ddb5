import { asList, asNumber, asRecord, at, textAt } from '../../model/manifest/access';
import { milliseconds } from '../durations';
import { sampleDeployment, sampleDocuments, sampleObject, sampleService } from '../samples';
import { allDestinations, resolveHost, type Destination } from '../set/mesh-hosts';
import { namespaceOf, type ObjectSet } from '../set/object-set';
import type { PodOwner } from '../set/pod-owner';
import { readSelector } from '../set/selector';
import type { SetRule } from '../set-rule';

const named = (text: string, name: string): string =>
  text.replaceAll(': web\n', `: ${name}\n`).replaceAll('- name: web', `- name: ${name}`);
const route = (name: string, timeout: string, caller = ''): string =>
  named(
    sampleObject(
      'networking.istio.io/v1',
      'VirtualService',
      `hosts:\n  - ${name}\nhttp:\n  - ${caller === '' ? '' : `match:\n      - sourceLabels:\n          app: ${caller}\n    `}timeout: ${timeout}\n    retries:\n      attempts: 0\n    route:\n      - destination:\n          host: ${name}`,
    ),
    name,
  );
const app = (name: string): readonly string[] => [named(sampleDeployment(''), name), named(sampleService(), name)];

/** A call inside that may take longer than the caller's caller waits, and retries on two layers. */
export const timeoutNesting: SetRule = {
  id: 'timeout-nesting',
  title: 'inner timeouts are shorter than outer ones, and one layer retries',
  severity: 'warning',
  why: 'When the outer call has given up, the inner ones go on and work for nobody. Retries on two layers multiply: two tries of two tries are four.',
  fix: 'let the timeout of a call be at most that of the calls which lead to it, and retry on one layer',
  sources: ['https://sre.google/sre-book/addressing-cascading-failures/'],
  checkSet(set, report) {
    const routes = allDestinations(set).filter(({ keys }) => !keys.includes('mirror') && !keys.includes('mirrors'));
    const into = new Map<PodOwner, Destination[]>();
    for (const destination of routes) {
      for (const owner of called(set, destination)) into.set(owner, [...(into.get(owner) ?? []), destination]);
    }
    for (const inner of routes) {
      const told = new Set<string>();
      for (const caller of callers(set, inner)) {
        for (const outer of into.get(caller) ?? []) {
          if (outer.route === inner.route) continue;
          const name = outer.member.object.metadata.name;
          const [long, short] = [timeoutOf(inner), timeoutOf(outer)];
          if (long !== undefined && short !== undefined && long > short && !told.has(`timeout ${name}`)) {
            told.add(`timeout ${name}`);
            report(
              inner.member,
              [...inner.routeKeys, 'timeout'],
              `is ${textAt(inner.route, 'timeout') ?? ''}, longer than the ${textAt(outer.route, 'timeout') ?? ''} that callers of ${caller.member.object.metadata.name} wait (VirtualService ${name})`,
            );
          }
          if (attemptsOf(inner) > 0 && attemptsOf(outer) > 0 && !told.has(`retries ${name}`)) {
            told.add(`retries ${name}`);
            report(
              inner.member,
              [...inner.routeKeys, 'retries'],
              `retries, and so does the call to ${caller.member.object.metadata.name} (VirtualService ${name})`,
              {
                fix: 'write attempts: 0 on one of the two',
              },
            );
          }
        }
      }
    }
  },
  samples: {
    pass: sampleDocuments(...app('front'), ...app('shop'), route('front', '2s'), route('shop', '1s', 'front')),
    fail: sampleDocuments(...app('front'), ...app('shop'), route('front', '1s'), route('shop', '2s', 'front')),
  },
};

function timeoutOf({ route }: Destination): number | undefined {
  return milliseconds(textAt(route, 'timeout'));
}

/** Retries that are written; the default of 2 is pointed out elsewhere. */
function attemptsOf({ route }: Destination): number {
  return asNumber(at(route, 'retries', 'attempts')) ?? 0;
}

function called(set: ObjectSet, { member, host }: Destination): readonly PodOwner[] {
  const found = resolveHost(set, host, namespaceOf(member.object));
  if (found.kind !== 'service') return [];
  const selector = readSelector(at(found.service.object, 'spec', 'selector'), true);
  return selector ? set.select(selector, namespaceOf(found.service.object)) : [];
}

/** Callers that the route names by their labels. */
function callers(set: ObjectSet, { member, route }: Destination): readonly PodOwner[] {
  return asList(asRecord(route)?.match).flatMap((match) => {
    const selector = readSelector(at(match, 'sourceLabels'), true);
    return selector ? set.select(selector, namespaceOf(member.object)) : [];
  });
}
