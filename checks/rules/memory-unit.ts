import { asRecord } from '../../model/manifest/access';
import { QuantityError, parseQuantity } from '../../model/quantity';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

const NANOS = 10n ** 9n;
/** Less than any process needs to start: a unit was forgotten. */
const LEAST_BYTES = 1024n * 1024n;

/** Memory in thousandths of a byte, in fractions of bytes, or without its unit. */
export const memoryUnit: Rule = {
  id: 'memory-unit',
  title: 'memory is written in bytes, with a unit that fits',
  severity: 'error',
  why: 'memory: 128m is 0.128 bytes. The API server takes it, and the container is killed or never started.',
  fix: 'write Mi or Gi, such as 128Mi',
  sources: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      for (const list of ['requests', 'limits']) {
        for (const resource of ['memory', 'ephemeral-storage']) {
          const value = asRecord(asRecord(container.resources)?.[list])?.[resource];
          if (typeof value !== 'string' && typeof value !== 'number') continue;
          const nanos = nanosOf(value);
          if (nanos === undefined || nanos <= 0n) continue;
          const place = [...keys, 'resources', list, resource];
          if (String(value).endsWith('m')) {
            report(place, `is ${value}: m means thousandths, of a byte here`, {
              fix: `write ${String(value).slice(0, -1)}Mi`,
            });
          } else if (nanos % NANOS !== 0n) {
            report(place, `is ${value}, which is no whole number of bytes`, {
              severity: 'warning',
              fix: 'write it in the next smaller unit, such as 1126Mi for 1.1Gi',
            });
          } else if (nanos < LEAST_BYTES * NANOS) {
            report(place, `is ${value}, less than 1Mi`, {
              severity: 'warning',
              fix: `add the unit, such as ${String(value).replace(/\D+$/, '')}Mi`,
            });
          }
        }
      }
    }
  },
  samples: {
    pass: samplePod('resources:\n  limits:\n    memory: 128Mi'),
    fail: samplePod('resources:\n  limits:\n    memory: 128m'),
  },
};

function nanosOf(value: string | number): bigint | undefined {
  try {
    return parseQuantity(value).nanos;
  } catch (error) {
    if (error instanceof QuantityError) return undefined; // the schema layer reports it
    throw error;
  }
}
