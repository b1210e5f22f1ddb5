import path from 'node:path';
import { identityOf } from '../model/kube-object';
import { asList, asRecord, at, textAt } from '../model/manifest/access';
import type { Member } from './set/member';

/** An object that stands a second time in a set. */
export interface Duplicate {
  readonly second: Member;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly fix: string;
}

/**
 * Objects that exist twice in one set. A set is what one Argo CD Application deploys, where the tree has
 * Applications, otherwise each PATH. Twice in one folder is an error: which of the two is applied last is chance. In two
 * folders it may be a base and its overlay, so it is one warning for each pair of folders.
 */
export function findDuplicates(objects: readonly Member[]): readonly Duplicate[] {
  const sources = applicationPaths(objects);
  const first = new Map<string, Member>();
  const inFolder = new Map<string, Member>();
  const pairs = new Map<string, { first: Member; second: Member; count: number }>();
  const found: Duplicate[] = [];
  for (const placed of objects) {
    if (!placed.object.metadata.name) continue;
    const identity = identityOf(placed.object);
    const folder = path.posix.dirname(placed.file);
    const twin = inFolder.get(`${folder} ${identity}`);
    if (twin) {
      const message = `is already in ${twin.file}, line ${twin.line}`;
      found.push({ second: placed, severity: 'error', message, fix: 'keep one of the two' });
      continue;
    }
    inFolder.set(`${folder} ${identity}`, placed);
    for (const set of setsOf(placed, sources)) {
      const key = `${set} ${identity}`;
      const other = first.get(key);
      if (!other) {
        first.set(key, placed);
        continue;
      }
      const pair = `${path.posix.dirname(other.file)} ${folder}`;
      const known = pairs.get(pair);
      if (known) known.count += 1;
      else pairs.set(pair, { first: other, second: placed, count: 1 });
    }
  }
  return [...found, ...[...pairs.values()].map(pairWarning)];
}

function pairWarning({ first, second, count }: { first: Member; second: Member; count: number }): Duplicate {
  const others = count === 1 ? '' : `, as are ${count - 1} more of ${path.posix.dirname(second.file)}`;
  const message = `is also in ${first.file}, line ${first.line}${others}`;
  const fix = 'fine for a base and its overlay; else deploy only one of the two';
  return { second, severity: 'warning', message, fix };
}

/** Folders that the Applications of the tree deploy, as they are written: relative to the repository. */
function applicationPaths(objects: readonly Member[]): readonly string[] {
  const paths = objects.flatMap(({ object }) => {
    if (object.kind !== 'Application' || !object.apiVersion.startsWith('argoproj.io/')) return [];
    const spec = asRecord(object.spec);
    return [textAt(spec, 'source', 'path'), ...asList(at(spec, 'sources')).map((source) => textAt(source, 'path'))];
  });
  const clean = paths.flatMap((name) => (name === undefined ? [] : path.posix.normalize(name).replace(/\/$/, '')));
  return [...new Set(clean)].sort();
}

function setsOf({ file, root }: Member, sources: readonly string[]): readonly string[] {
  if (sources.length === 0) return [root];
  return sources.filter((source) => file.startsWith(`${source}/`));
}
