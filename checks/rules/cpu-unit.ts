import { asRecord } from '../../model/manifest/access';
import { QuantityError, parseQuantity, toMillicores } from '../../model/quantity';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** No machine has so many cores: a larger number was meant in thousandths. */
const MOST_MILLICORES = 1_000_000n;

/** CPU written with a unit of memory, or a thousand times too much. */
export const cpuUnit: Rule = {
  id: 'cpu-unit',
  title: 'cpu is written in cores or thousandths of a core',
  severity: 'error',
  why: 'The API server takes cpu: 500Mi for 524,288,000 cores. No node has them, so the pod stays Pending for ever.',
  fix: 'write cores (2) or thousandths of a core (500m)',
  sources: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      for (const list of ['requests', 'limits']) {
        const cpu = asRecord(asRecord(container.resources)?.[list])?.cpu;
        if (typeof cpu !== 'string' && typeof cpu !== 'number') continue;
        const place = [...keys, 'resources', list, 'cpu'];
        if (typeof cpu === 'string' && /[KMGTPE]i?$|k$/.test(cpu)) {
          const number = cpu.replace(/[A-Za-z]+$/, '');
          report(place, `is ${cpu}: that unit is for memory`, {
            fix: `write ${number}m for thousandths of a core, or ${number} for cores`,
          });
        } else if (millicores(cpu) >= MOST_MILLICORES) {
          report(place, `is ${cpu} cores, more than any machine has`, {
            fix: `write ${cpu}m if thousandths of a core are meant`,
          });
        }
      }
    }
  },
  samples: {
    pass: samplePod('resources:\n  requests:\n    cpu: 500m'),
    fail: samplePod('resources:\n  requests:\n    cpu: 500Mi'),
  },
};

function millicores(cpu: string | number): bigint {
  try {
    return toMillicores(parseQuantity(cpu));
  } catch (error) {
    if (error instanceof QuantityError) return 0n; // the schema layer reports it
    throw error;
  }
}
