import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What stands where a rendered folder goes. */
export interface ExistingTree {
  /** Text by path below the folder, with `/` between folders. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of what is neither a file nor a folder (links, sockets): never written by us. */
  readonly oddities: readonly string[];
}

/** Reads a rendered folder whole; a folder that does not exist is an empty tree. */
export async function readTree(folder: string): Promise<ExistingTree> {
  const files = new Map<string, string>();
  const oddities: string[] = [];
  const visit = async (below: string): Promise<void> => {
    const entries = await readdir(path.join(folder, below), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await visit(name);
      else if (entry.isFile()) files.set(name, await readFile(path.join(folder, name), 'utf8'));
      else oddities.push(name);
    }
  };
  try {
    await visit('');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return { files, oddities };
}
