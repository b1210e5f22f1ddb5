import { asRecord } from '../../model/manifest/access';
import { QuantityError, parseQuantity } from '../../model/quantity';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** Resources that can't be overcommitted: request and limit must be equal (an extended resource has a domain). */
const NO_OVERCOMMIT = /^hugepages-|\//;

/** A request above its limit. */
export const requestOverLimit: Rule = {
  id: 'request-over-limit',
  title: 'no request is above its limit',
  severity: 'error',
  why: 'The API server refuses the pod: a container can not be promised more than it may use.',
  fix: 'lower the request or raise the limit',
  sources: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      const resources = asRecord(container.resources);
      const limits = asRecord(resources?.limits) ?? {};
      for (const [resource, request] of Object.entries(asRecord(resources?.requests) ?? {})) {
        const order = compare(request, limits[resource]);
        const place = [...keys, 'resources', 'requests', resource];
        if (order !== undefined && order > 0)
          report(place, `is ${String(request)}, above its limit of ${String(limits[resource])}`);
        else if (order !== undefined && order < 0 && NO_OVERCOMMIT.test(resource)) {
          report(place, `is ${String(request)}, but its limit is ${String(limits[resource])}`, {
            fix: 'write the same number for both: this resource can not be shared',
          });
        }
      }
    }
  },
  samples: {
    pass: samplePod('resources:\n  requests:\n    cpu: 250m\n  limits:\n    cpu: "1"'),
    fail: samplePod('resources:\n  requests:\n    cpu: 1500m\n  limits:\n    cpu: "1"'),
  },
};

/** Sign of a − b; undefined where one is missing or no quantity. */
function compare(a: unknown, b: unknown): number | undefined {
  if (!isQuantity(a) || !isQuantity(b)) return undefined;
  try {
    const difference = parseQuantity(a).nanos - parseQuantity(b).nanos;
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  } catch (error) {
    if (error instanceof QuantityError) return undefined; // the schema layer reports it
    throw error;
  }
}

function isQuantity(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
