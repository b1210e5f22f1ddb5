import type { CheckOptions } from '../checks/engine';
import { podOf } from '../checks/pods';
import type { KubeObject } from '../model/kube-object';
import { loadSchemas } from '../model/schema/load';
import { ObjectComparison } from './diff/compare';
import { subjectOf, type ObjectChange } from './diff/object-change';
import { pairObjects } from './diff/pair-objects';
import { SecretDigest } from './diff/secret';
import { inTemplate } from './diff/template';
import { judge } from './effects/judge';
import { Side, type Surroundings } from './effects/surroundings';
import { compareFindings, MOST_CHECKED_WHOLE } from './findings';
import { formattingNotes } from './formatting';
import { groupChanges } from './group/entries';
import { newFolderNotes } from './group/new-folder';
import { findPromotions, promotionChanges, promotionNotes } from './group/promotion';
import { splitUniformLabels } from './group/uniform-labels';
import { measure, type Site } from './measure/measure';
import { compareReachability } from './reachability/compare';
import type { Place, Review } from './review-model';
import { isBelow, ObjectReader, type Entry } from './source/objects';
import { SourceError, type Tree } from './source/tree';

export interface ReviewOptions extends Pick<CheckOptions, 'today'> {
  /** Key of the digests of Secret values; random where it is left out. */
  readonly digestKey?: string;
  /** The platform that the manifests belong to; without it capacity and cost are null. */
  readonly site?: Site;
}

/** A review, and the lines that its JSON has no room for. */
export interface Reviewed {
  readonly review: Review;
  /** Line (from 1) on which the document of an object starts in its file. */
  readonly lineOf: (place: Place) => number;
  /** An object that has come or gone, whole. */
  readonly objectOf: (place: Place) => KubeObject | undefined;
}

/**
 * Reviews the step from one tree to another.
 *
 * @throws SourceError where HEAD has no object, or a file that differs is malformed
 */
export function review(base: Tree, head: Tree, options: ReviewOptions): Reviewed {
  const sides = { base: new Side(new ObjectReader(base)), head: new Side(new ObjectReader(head)) };
  const before = sides.base.reader.differing(head);
  const after = sides.head.reader.differing(base);
  const objects = { base: sides.base.reader.count(), head: sides.head.reader.count() };
  if (objects.head === 0) {
    throw new SourceError(
      `there is no Kubernetes object in ${head.label} (${head.files.size} files read). Check the name.`,
    );
  }
  const isWhole = Math.max(objects.base, objects.head) <= MOST_CHECKED_WHOLE;
  const comparison = new ObjectComparison(loadSchemas(), (object) => podOf(object)?.keys);
  const inPlace = pairObjects(before, after, comparison);
  const promotions = findPromotions(inPlace, { base, head });
  const isPromoted = (change: ObjectChange): boolean =>
    promotions.some(({ to }) => isBelow(subjectOf(change).place, to));
  const changes = splitUniformLabels([
    // What a promoted cluster gets is the difference to what it had, which is not the difference of one folder.
    ...inPlace.filter((change) => !isPromoted(change)),
    ...promotions.flatMap((promotion) => promotionChanges(promotion, sides.base, sides.head, comparison)),
  ]);
  const reachability = compareReachability(changes, sides.base.reader, sides.head.reader);
  const restarting = new Set(
    changes.flatMap(({ head: one, differences }) => (one && inTemplate(differences).length > 0 ? [placeKey(one)] : [])),
  );
  const isRestarting = (workload: Entry): boolean => restarting.has(placeKey(workload));
  const around: Surroundings = { ...sides, changes, isRestarting, reachability };
  const judged = changes.map((change) => judge(change, around));
  // Applications that deploy none of these folders, such as examples, say nothing about what is live.
  const folders = sides.head.reader.places();
  const hasDeployers =
    changes.length > 0 &&
    sides.head.applications.some((one) => folders.some((folder) => isBelow(folder, one.path === '' ? '.' : one.path)));
  const isLive = (place: string): boolean => !hasDeployers || sides.head.deployersOf(place).length > 0;
  const changedFiles = new Set(changes.flatMap(({ base: one, head: other }) => [one?.file ?? '', other?.file ?? '']));
  const whole = new Map(
    changes
      .filter(({ kind }) => kind === 'added' || kind === 'removed')
      .map((change) => [placeKey(subjectOf(change)), subjectOf(change).object]),
  );
  const lines = new Map(changes.map((change) => [placeKey(subjectOf(change)), subjectOf(change).line]));
  const result: Review = {
    version: 1,
    objects,
    changes: groupChanges(judged, new SecretDigest(options.digestKey), isLive),
    ...measure(changes, sides.base.reader, sides.head.reader, options.site),
    reachability: { added: reachability.added, removed: reachability.removed },
    findings: compareFindings(base, head, promotions, isWhole, options),
    notes: [
      ...promotionNotes(promotions),
      ...newFolderNotes(changes, sides.base.reader, sides.head.reader, comparison),
      ...reachability.notes,
      ...(isWhole ? [] : ['aia check looked only at the documents that differ, each by itself']),
      ...formattingNotes(base, head, changedFiles, after),
    ],
  };
  return {
    review: result,
    lineOf: ({ file, object }) => lines.get(placeKey({ file, name: object })) ?? 1,
    objectOf: ({ file, object }) => whole.get(placeKey({ file, name: object })),
  };
}

function placeKey({ file, name }: Pick<Entry, 'file' | 'name'>): string {
  return JSON.stringify([file, name]);
}
