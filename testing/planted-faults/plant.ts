import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { asList, asRecord, textAt } from '../../model/manifest/access';
import { parseDocuments } from '../../model/manifest/parse';

/** Files by name, relative to the root of the tree. */
export type Files = ReadonlyMap<string, string>;

/** A mistake that one rule must find. */
export interface Fault {
  readonly rule: string;
  readonly file: string;
  /** What is replaced once; undefined where the file is added or moved. */
  readonly replace: string | undefined;
  readonly text: string;
  readonly moveTo: string | undefined;
}

/** The small clean tree, in which no rule finds anything. */
export function cleanTree(folder: string): Files {
  const root = path.join(folder, 'clean');
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  const sorted = names.map((name) => name.split(path.sep).join('/')).sort();
  return new Map(sorted.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]));
}

/** The table of faults, one for each rule. */
export function readFaults(folder: string): readonly Fault[] {
  const [document] = parseDocuments(readFileSync(path.join(folder, 'faults.yaml'), 'utf8'));
  return asList(asRecord(document)?.faults).map((entry) => ({
    rule: textAt(entry, 'rule') ?? '',
    file: textAt(entry, 'file') ?? '',
    replace: textAt(entry, 'replace'),
    text: (textAt(entry, 'with') ?? textAt(entry, 'add') ?? '') + 'x'.repeat(Number(asRecord(entry)?.padding ?? 0)),
    moveTo: textAt(entry, 'moveTo'),
  }));
}

/**
 * The clean tree with one fault in it.
 *
 * @throws Error where the table does not fit the tree
 */
export function plant(clean: Files, { rule, file, replace, text, moveTo }: Fault): Files {
  const files = new Map(clean);
  const before = clean.get(file);
  if (moveTo !== undefined && before !== undefined) {
    files.delete(file);
    files.set(moveTo, before);
  } else if (replace === undefined) {
    files.set(file, text);
  } else {
    if (before?.includes(replace) !== true) throw new Error(`The fault for ${rule} does not fit ${file}.`);
    files.set(
      file,
      before.replace(replace, () => text),
    );
  }
  return files;
}
