import { counted } from '../../checks/output/words';
import { asList, at, textAt } from '../../model/manifest/access';
import type { Entry } from '../source/objects';
import type { EffectRule } from './consequence';
import { fieldsAt } from './consequence';
import type { Surroundings } from './surroundings';

/** `kubectl apply` and Argo CD without server-side apply keep a copy of the object in an annotation of this size. */
const LONGEST_ANNOTATION = 262_144;

/** Definitions of custom resources: versions that go, fields that go, and sizes that client-side apply can't write. */
export const definition: EffectRule = function* (change, around) {
  const { base, head } = change;
  const { object } = head ?? {};
  if (object?.kind !== 'CustomResourceDefinition' || !head) return;
  const isTooLarge = sizeOf(head) > LONGEST_ANNOTATION && !isServerSide(head, around);
  // One that was too large before reaches its cluster by another way than client-side apply.
  if (isTooLarge && (!base || sizeOf(base) <= LONGEST_ANNOTATION || around.head.deployersOf(head.place).length > 0)) {
    const bytes = sizeOf(head).toLocaleString('en-US');
    const reason = `is ${bytes} bytes: without ServerSideApply=true the annotation of client-side apply (262,144 bytes) does not hold it and the sync fails`;
    yield { effect: 'other', risk: 'high', reason, fields: [] };
  }
  if (!base) return;
  const served = (of: unknown): string[] =>
    asList(at(of, 'spec', 'versions')).flatMap((one) =>
      at(one, 'served') === false ? [] : (textAt(one, 'name') ?? []),
    );
  const gone = served(base.object).filter((version) => !served(object).includes(version));
  const fields = fieldsAt(change, /^spec\/versions\//);
  if (gone.length > 0) {
    yield { effect: 'recreate', risk: 'high', reason: `version ${gone.join(', ')} is not served any more`, fields };
  }
  const [less, more] = [fields.filter(isProperty('before')), fields.filter(isProperty('after'))];
  if (less.length + more.length > 0) {
    const reason = `schema: ${counted(more.length, 'field')} added, ${counted(less.length, 'field')} removed`;
    yield { effect: 'other', risk: less.length > 0 ? 'medium' : 'low', reason, fields };
  }
};

function sizeOf({ object }: Entry): number {
  return Buffer.byteLength(JSON.stringify(object));
}

function isServerSide({ object, place }: Entry, around: Surroundings): boolean {
  const own = object.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';
  return (
    own.includes('ServerSideApply=true') ||
    around.head
      .deployersOf(place)
      .some(({ entry }) =>
        asList(at(entry.object, 'spec', 'syncPolicy', 'syncOptions')).includes('ServerSideApply=true'),
      )
  );
}

const isProperty =
  (side: 'before' | 'after') =>
  ({ steps, before, after }: { steps: readonly unknown[]; before: unknown; after: unknown }): boolean =>
    steps.at(-2) === 'properties' &&
    (side === 'before' ? (after ?? undefined) === undefined : (before ?? undefined) === undefined);
