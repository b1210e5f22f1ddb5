import path from 'node:path';
import { identityOf } from '../../model/kube-object';
import { grouped } from '../grouped';
import type { Entry } from '../source/objects';

/** Folders whose objects live on one cluster together. */
export interface Scope {
  /** The folder above all of them. */
  readonly folder: string;
  readonly entries: readonly Entry[];
}

/** A folder, what is in it, and what is below. */
interface Folder {
  readonly entries: readonly Entry[];
  readonly scopes: readonly Scope[];
}

/**
 * Splits objects into sets that can be on one cluster. Folders side by side belong together (layers, teams) unless
 * they hold the same object: then they are the same thing for several clusters or phases.
 */
export function scopesOf(entries: readonly Entry[]): readonly Scope[] {
  const byPlace = grouped(entries, ({ place }) => place);
  const folders = new Set(byPlace.keys());
  for (const place of byPlace.keys()) {
    for (let up = path.posix.dirname(place); up !== place && up !== '.'; up = path.posix.dirname(up)) folders.add(up);
  }
  folders.add('.');
  return resolve('.', byPlace, [...folders].sort()).scopes;
}

function resolve(folder: string, byPlace: ReadonlyMap<string, readonly Entry[]>, folders: readonly string[]): Folder {
  const children = folders
    .filter((one) => one !== '.' && path.posix.dirname(one) === folder)
    .map((child) => resolve(child, byPlace, folders));
  const own = byPlace.get(folder) ?? [];
  const below = children.flatMap(({ scopes }) => scopes);
  // A folder with nothing but one set below it is none of its own.
  if (own.length === 0 && below.length === 1) return { entries: [], scopes: below };
  const all = [...own, ...below.flatMap((scope) => scope.entries)];
  const isOne = below.length === 0 || new Set(all.map(({ object }) => identityOf(object))).size === all.length;
  // A child that is several sets already can't become a part of one.
  const isWhole = children.every(({ scopes }) => scopes.length <= 1);
  if (isOne && isWhole) return { entries: all, scopes: all.length === 0 ? [] : [{ folder, entries: all }] };
  return { entries: own, scopes: [...(own.length === 0 ? [] : [{ folder, entries: own }]), ...below] };
}

/** The set that a folder belongs to. */
export function scopeOf(place: string, scopes: readonly Scope[]): Scope | undefined {
  return scopes.find(({ entries }) => entries.some((entry) => entry.place === place));
}
