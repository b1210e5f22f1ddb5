import type { KubeObject } from '../../model/kube-object';
import { shown } from '../../model/manifest/access';
import { isKustomization, patchFiles } from '../../model/manifest/kustomize';
import { readObjects } from '../../model/manifest/objects';
import { ManifestSyntaxError, parseDocuments } from '../../model/manifest/parse';
import type { ObjectName } from '../review-model';
import { placeOf, SourceError, type Tree, type TreeFile } from './tree';

/** An object of BASE or HEAD and where it stands. */
export interface Entry {
  readonly object: KubeObject;
  readonly name: ObjectName;
  readonly place: string;
  readonly file: string;
  /** On which its document starts, from 1. */
  readonly line: number;
}

/** A piece of a file that is read on its own. */
interface Piece {
  readonly file: TreeFile;
  readonly text: string;
  /** Lines before it in its file. */
  readonly line: number;
}

const SEPARATOR = /^---(?=\s|$)/m;

/**
 * The objects of one side. Nothing is parsed before it is asked for: most files and documents are the same on both
 * sides, and to parse them is most of the work.
 */
export class ObjectReader {
  private readonly patches: ReadonlySet<string>;
  private readonly parsed = new Map<string, readonly Entry[]>();

  constructor(private readonly tree: Tree) {
    this.patches = patchesOf(tree);
  }

  /** Pieces of the files that differ from the other side's, without the documents that are byte by byte the same. */
  differing(other: Tree): readonly Entry[] {
    const found: Entry[] = [];
    for (const [key, file] of this.tree.files) {
      const theirs = other.files.get(key);
      if (theirs?.text === file.text) continue;
      const same = theirs === undefined ? undefined : new Set(piecesOf(theirs).map(({ text }) => text));
      for (const piece of piecesOf(file)) if (!same?.has(piece.text)) found.push(...this.entries(piece));
    }
    return found;
  }

  /**
   * The text of a file with blank lines in place of the documents that the other side has too: what is left stands
   * on its own lines. Undefined where nothing is left.
   */
  differingText(key: string, other: Tree): string | undefined {
    const file = this.tree.files.get(key);
    const theirs = other.files.get(key);
    if (!file || theirs?.text === file.text) return undefined;
    const same = theirs === undefined ? undefined : new Set(piecesOf(theirs).map(({ text }) => text));
    if (same === undefined) return file.text;
    return piecesOf(file)
      .map(({ text }) => (same.has(text) ? text.replace(/[^\n]+/g, '') : text))
      .join('');
  }

  /** Objects of files whose text a pattern is found in, such as `kind: Service`. */
  matching(pattern: RegExp): readonly Entry[] {
    return this.all((text) => pattern.test(text));
  }

  /** Objects below a folder. */
  below(place: string): readonly Entry[] {
    return this.all(
      () => true,
      (file) => isBelow(placeOf(file.name), place),
    );
  }

  /** Objects in a folder, not in those below it. */
  in(place: string): readonly Entry[] {
    return this.all(
      () => true,
      (file) => placeOf(file.name) === place,
    );
  }

  /** Every folder with manifests. */
  places(): readonly string[] {
    return [...new Set([...this.tree.files.values()].map(({ name }) => placeOf(name)))].sort();
  }

  /** The number of objects; a plain document is counted by its first lines, without parsing it. */
  count(): number {
    let count = 0;
    for (const file of this.tree.files.values()) {
      for (const piece of piecesOf(file)) count += this.patches.has(file.name) ? 0 : this.countOf(piece);
    }
    return count;
  }

  private all(wants: (text: string) => boolean, wantsFile: (file: TreeFile) => boolean = () => true): readonly Entry[] {
    const found: Entry[] = [];
    for (const file of this.tree.files.values()) {
      if (!wantsFile(file) || !wants(file.text)) continue;
      for (const piece of piecesOf(file)) if (wants(piece.text)) found.push(...this.entries(piece));
    }
    return found;
  }

  private countOf(piece: Piece): number {
    const apiVersion = /^apiVersion: *["']?([\w./-]+)["']?\s*$/m.exec(piece.text)?.[1];
    const kind = /^kind: *["']?([A-Za-z]+)["']?\s*$/m.exec(piece.text)?.[1];
    const isPlain =
      apiVersion !== undefined && kind !== undefined && !/list$/i.test(kind) && /^metadata:/m.test(piece.text);
    if (!isPlain) return mayHoldObjects(piece.text) ? this.entries(piece).length : 0;
    return readObjects([{ apiVersion, kind, metadata: { name: kind } }], piece.file.name).objects.length;
  }

  private entries(piece: Piece): readonly Entry[] {
    const { file, text } = piece;
    if (this.patches.has(file.name) || !mayHoldObjects(text)) return [];
    const id = `${file.name}\n${piece.line}`;
    const known = this.parsed.get(id);
    if (known) return known;
    const entries = readObjects(parse(piece), file.name).objects.map(({ object }) => ({
      object,
      name: nameOf(object),
      place: placeOf(file.name),
      file: file.name,
      line: piece.line + 1,
    }));
    this.parsed.set(id, entries);
    return entries;
  }
}

export function isBelow(place: string, folder: string): boolean {
  return folder === '.' || place === folder || place.startsWith(`${folder}/`);
}

/** The object by what the API server knows it by; a part that is missing is empty text. */
export function nameOf({ apiVersion, kind, metadata }: KubeObject): ObjectName {
  const { name, generateName, namespace } = metadata as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string => (value === undefined || value === null ? '' : shown(value));
  return { apiVersion, kind, namespace: text(namespace), name: text(name ?? generateName) };
}

/** Text without these words is no manifest; a JSON file that is none may be megabytes. */
function mayHoldObjects(text: string): boolean {
  return /apiVersion|kind/.test(text);
}

const pieces = new WeakMap<TreeFile, readonly Piece[]>();

/**
 * The documents of a YAML stream. `---` in the first column ends a document whatever stands around it: a block
 * scalar is indented, and a quoted text may not contain such a line.
 */
function piecesOf(file: TreeFile): readonly Piece[] {
  const known = pieces.get(file);
  if (known) return known;
  const found = split(file);
  pieces.set(file, found);
  return found;
}

function split(file: TreeFile): readonly Piece[] {
  if (file.name.endsWith('.json') || !SEPARATOR.test(file.text)) return [{ file, text: file.text, line: 0 }];
  const found: Piece[] = [];
  let line = 0;
  for (const text of file.text.split(/^(?=---(?:\s|$))/m)) {
    // A directive belongs to the document after it.
    if (/^%/m.test(text)) return [{ file, text: file.text, line: 0 }];
    found.push({ file, text, line });
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line += 1;
  }
  return found;
}

function parse({ file, text, line }: Piece): readonly unknown[] {
  try {
    return parseDocuments(text);
  } catch (error) {
    if (!(error instanceof ManifestSyntaxError)) throw error;
    throw new SourceError(`${file.name}:${line + error.line} ${error.message}. Fix: ${error.fix}.`);
  }
}

/** Files that kustomizations use as patches: parts of objects. */
function patchesOf(tree: Tree): ReadonlySet<string> {
  const patches = new Set<string>();
  for (const file of tree.files.values()) {
    if (!isKustomization(file.name)) continue;
    let documents: readonly unknown[];
    try {
      documents = parseDocuments(file.text);
    } catch (error) {
      if (error instanceof ManifestSyntaxError) continue; // reported where the file is a part of the change
      throw error;
    }
    for (const patch of patchFiles(documents, file.name)) patches.add(patch);
  }
  return patches;
}
