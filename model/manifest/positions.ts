import yaml from 'js-yaml';
import type { Keys } from './access';
import { kubernetesYaml } from './scalars';

/**
 * Where fields stand in a file. Read only for files with findings: it costs about as much again as the fast pass.
 *
 * It listens to the same parser that reads the values (js-yaml's `listener`), so that the two can't disagree about
 * what a field is. `yaml` has positions too, but took ten times as long on the same files.
 */
export interface Positions {
  /** Line (from 1) of the field at `keys` in the document with that index, or of its nearest parent that is there. */
  lineOf(document: number, keys: Keys): number;
}

interface Node {
  /** Line from 0 on which the node starts; a map's or list's value may start on the line after its key. */
  readonly line: number;
  kind: string | null;
  value: unknown;
  children: Node[];
}

interface ParserState {
  readonly line: number;
  readonly kind: string | null;
  readonly result: unknown;
}

/** Reads positions; a file that does not parse has those up to the fault. */
export function readPositions(text: string): Positions {
  const documents = listen(text);
  return {
    lineOf: (document, keys) => lineOf(documents[document], keys) + 1,
  };
}

/** The first key that stands twice in one map, with both lines (from 1). */
export function findDuplicateKey(text: string): { key: string; lines: readonly [number, number] } | undefined {
  const pending: Node[] = listen(text);
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === 'mapping') {
      const seen = new Map<string, number>();
      for (let index = 0; index < node.children.length; index += 2) {
        const child = node.children[index];
        if (!child) break;
        const key = String(child.value);
        const first = seen.get(key);
        if (first !== undefined && key !== '<<') return { key, lines: [first + 1, child.line + 1] };
        seen.set(key, child.line);
      }
    }
    pending.push(...node.children);
  }
  return undefined;
}

function listen(text: string): Node[] {
  const documents: Node[] = [];
  const open: Node[] = [];
  const listener = (event: 'open' | 'close', state: ParserState): void => {
    if (event === 'open') {
      open.push({ line: state.line, kind: null, value: undefined, children: [] });
      return;
    }
    const node = open.pop();
    if (!node) return;
    node.kind = state.kind;
    node.value = state.result;
    if (node.kind === 'scalar' || node.kind === null) {
      // A scalar that might have been the first key of a map was tried as one, and is its own child then.
      node.children = [];
    } else {
      // A flow map in a block was tried as a key too: the node is its own and only child.
      const [only] = node.children;
      if (only && node.children.length === 1 && only.value === state.result) node.children = only.children;
    }
    (open.at(-1)?.children ?? documents).push(node);
  };
  try {
    // `json` lets duplicate keys pass, whose lines are wanted.
    yaml.loadAll(text, null, { schema: kubernetesYaml, json: true, listener: listener });
  } catch {
    // What was read up to the fault is enough.
    if (open[0]) documents.push(open[0]);
  }
  return documents;
}

function lineOf(document: Node | undefined, keys: Keys): number {
  let node = document;
  let line = startLine(document);
  for (const key of keys) {
    if (!node) return line;
    if (typeof key === 'number') {
      node = node.kind === 'mapping' ? undefined : node.children[key];
      if (node) line = startLine(node);
    } else {
      const at = keyIndex(node, key);
      if (at < 0) return line;
      line = node.children[at]?.line ?? line;
      node = node.children[at + 1];
    }
  }
  return line;
}

/** A block map or list starts where its first child does; the parser opens it on the line of the key before it. */
function startLine(node: Node | undefined): number {
  let here = node;
  while (here?.children[0]) here = here.children[0];
  return here?.line ?? 0;
}

/** Keys and values alternate below a map. */
function keyIndex(node: Node, key: string): number {
  if (node.kind !== 'mapping') return -1;
  for (let index = 0; index < node.children.length; index += 2) {
    if (String(node.children[index]?.value) === key) return index;
  }
  return -1;
}
