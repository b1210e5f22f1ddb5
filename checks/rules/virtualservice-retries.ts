import { asList, asNumber, asRecord, at, textAt } from '../../model/manifest/access';
import { milliseconds } from '../durations';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const service = (lines: string): string =>
  sampleObject(
    'networking.istio.io/v1',
    'VirtualService',
    `hosts:\n  - web\nhttp:\n  - route:\n      - destination:\n          host: web\n${lines}`,
  );

/** Timeouts and retries of an HTTP route. */
export const virtualServiceRetries: Rule = {
  id: 'virtualservice-retries',
  title: 'timeouts of a route leave room for its retries',
  severity: 'warning',
  why: 'A route that ends before its last try gives up what could succeed. Retries that are not written are the default 2: each layer multiplies the load when a service is down.',
  fix: 'let timeout be at least (attempts + 1) times perTryTimeout',
  sources: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry'],
  kinds: ['VirtualService'],
  check(object, report) {
    asList(asRecord(object.spec)?.http).forEach((route, index) => {
      const place = ['spec', 'http', index];
      const total = textAt(route, 'timeout');
      const each = textAt(route, 'retries', 'perTryTimeout');
      const attempts = asNumber(at(route, 'retries', 'attempts'));
      for (const [field, text] of [
        ['timeout', total],
        ['perTryTimeout', each],
      ] as const) {
        const length = milliseconds(text);
        if (text === undefined || (length !== undefined && length >= 1)) continue;
        const keys = field === 'timeout' ? [...place, field] : [...place, 'retries', field];
        report(keys, `is ${text}, must be 1ms or more`, {
          severity: 'error',
          fix: field === 'timeout' ? 'leave it out for no timeout' : 'write a duration such as 250ms',
        });
      }
      const [outer, inner] = [milliseconds(total), milliseconds(each)];
      if (
        outer !== undefined &&
        inner !== undefined &&
        outer >= 1 &&
        attempts !== undefined &&
        outer < (attempts + 1) * inner
      ) {
        report([...place, 'timeout'], `is ${total ?? ''}, shorter than ${attempts + 1} tries of ${each ?? ''}`);
      }
      const isRedirect =
        at(route, 'redirect') !== undefined ||
        at(route, 'directResponse') !== undefined ||
        at(route, 'delegate') !== undefined;
      if (attempts === undefined && !isRedirect) {
        report([...place, 'retries', 'attempts'], 'is not written, so it is 2', {
          severity: 'info',
          fix: 'write retries.attempts, 0 where another layer retries',
        });
      }
      const webSocket = asList(asRecord(route)?.match).some((match) =>
        /^\/ws(\/|$)/.test(textAt(match, 'uri', 'prefix') ?? textAt(match, 'uri', 'exact') ?? ''),
      );
      if (webSocket && total !== undefined)
        report([...place, 'timeout'], `is ${total} and cuts WebSockets off`, { fix: 'leave it out on this route' });
    });
  },
  samples: {
    pass: service('    timeout: 600ms\n    retries:\n      attempts: 1\n      perTryTimeout: 280ms'),
    fail: service('    timeout: 500ms\n    retries:\n      attempts: 1\n      perTryTimeout: 280ms'),
  },
};
