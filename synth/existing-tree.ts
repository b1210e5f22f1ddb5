import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What stands where a rendered folder goes. */
export interface ExistingTree {
  /** Text by path below the folder, with `/` between folders. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of what is neither a file nor a folder (links, sockets): never written by us. */
  readonly oddities: readonly string[];
  /** Programs (files that begin with `#!`) that can't be run, where the file system knows such a thing. */
  readonly notExecutable: ReadonlySet<string>;
}

/** Whether a file is a program, by its first bytes. */
export function isProgram(text: string): boolean {
  return text.startsWith('#!');
}

/**
 * Reads a rendered folder whole; a folder that does not exist is an empty tree. It reads one file after another on
 * purpose: for hundreds of small files that is faster than waiting for each.
 *
 * @throws what the file system throws.
 */
export function readTree(folder: string): ExistingTree {
  const files = new Map<string, string>();
  const oddities: string[] = [];
  const notExecutable = new Set<string>();
  const visit = (below: string): void => {
    for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) visit(name);
      else if (!entry.isFile()) oddities.push(name);
      else {
        const file = path.join(folder, name);
        const text = readFileSync(file, 'utf8');
        files.set(name, text);
        if (isProgram(text) && process.platform !== 'win32' && (statSync(file).mode & 0o100) === 0)
          notExecutable.add(name);
      }
    }
  };
  try {
    visit('');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return { files, oddities, notExecutable };
}
