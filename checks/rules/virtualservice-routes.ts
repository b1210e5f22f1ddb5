import { asList, asNumber, asRecord, at } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const service = (http: string): string =>
  sampleObject('networking.istio.io/v1', 'VirtualService', `hosts:\n  - web\nhttp:\n${http}`);
const all = '  - retries:\n      attempts: 0\n    route:\n      - destination:\n          host: web\n';
const some =
  '  - match:\n      - uri:\n          prefix: /api\n    retries:\n      attempts: 0\n    route:\n      - destination:\n          host: api\n';

/** Routes that are never reached, and weights that send nothing. */
export const virtualServiceRoutes: Rule = {
  id: 'virtualservice-routes',
  title: 'every route of a VirtualService can be reached',
  severity: 'warning',
  why: 'The first route that matches wins: what stands behind a route for everything never gets a request.',
  fix: 'move the route without match to the end',
  sources: ['https://istio.io/latest/docs/reference/config/analysis/ist0130/'],
  kinds: ['VirtualService'],
  check(object, report) {
    const routes = asList(asRecord(object.spec)?.http);
    const first = routes.findIndex((route) => asList(asRecord(route)?.match).length === 0);
    routes.forEach((route, index) => {
      if (first >= 0 && index > first)
        report(['spec', 'http', index], `is never reached: route ${first + 1} takes everything`);
      const targets = asList(asRecord(route)?.route);
      const weights = targets.map((target) => asNumber(at(target, 'weight')));
      if (targets.length > 1 && weights.every((weight) => weight === undefined || weight === 0)) {
        report(['spec', 'http', index, 'route'], `has ${targets.length} destinations and no weights`, {
          severity: 'error',
          fix: 'give each a weight',
        });
      }
    });
  },
  samples: { pass: service(some + all), fail: service(all + some) },
};
