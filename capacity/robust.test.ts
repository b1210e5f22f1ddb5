import fc from 'fast-check';
import type { KubeObject } from '../model/kube-object';
import { QuantityError } from '../model/quantity';
import { platform } from '../platform/platform';
import { node, nodesOnly } from '../testing/pods';
import { objectsOf } from '../testing/rendered';
import { capacityOf } from './capacity';

type Path = readonly (string | number)[];

/** Real manifests: whatever capacity reads is somewhere in them. */
const objects = objectsOf(platform, 'phase-2', 'europe-west4').filter(({ kind, metadata }) =>
  ['LimitRange', 'ResourceQuota', 'PriorityClass', 'Namespace'].includes(kind)
    ? metadata.name !== 'aia-critical'
    : /^(cognitive-processor|ml-batch|ml-inference-service|neural-store)$/.test(metadata.name),
);

/** Every place in a value below its identity. */
function places(value: unknown): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    places(child).map((rest) => [Array.isArray(value) ? Number(key) : key, ...rest]),
  );
  return [[], ...inner];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const all = objects.flatMap((object, index) =>
  places(object.spec)
    .filter((path) => path.length > 0)
    .map((path) => ({ index, path: ['spec', ...path] })),
);
const odd = fc.constantFrom<unknown>(null, 0, -1, 1.5, true, '', 'x', '50%', [], [null], {}, { x: null }, 1e300);

test('no manifest, however wrong, ends in anything but an answer or a quantity that is none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), odd, ({ index, path }, by) => {
      const changed = objects.map((object, at) => (at === index ? (replaced(object, path, by) as KubeObject) : object));
      try {
        capacityOf(changed, nodesOnly(node('one', '2', '4Gi')), { orders: 1 });
      } catch (error) {
        if (!(error instanceof QuantityError)) throw error;
      }
    }),
    { numRuns: 400 },
  );
}, 60_000);
