import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isProgram } from './existing-tree';

/** The file operations a replacement needs; tests pass ones that fail. */
export interface FileSystem {
  readonly write: (file: string, text: string) => Promise<void>;
  /** Exchanges two folders in one step, or says that the system can't. */
  readonly exchange: (left: string, right: string) => Promise<'exchanged' | 'unsupported'>;
  readonly rename: (from: string, to: string) => Promise<void>;
}

/**
 * Replaces a folder by the given files, all or nothing.
 *
 * The files are written beside the folder; then the two are exchanged in one system call, so that whoever kills this
 * process finds the old folder whole or the new one. Where the system has no such call (Windows, musl), two renames
 * do it, and {@link recover} mends what a kill between them leaves.
 *
 * @throws what the file system throws; the folder is as it was then.
 */
export async function replaceFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  system: FileSystem = realFileSystem,
): Promise<void> {
  const fresh = `${workPrefix(folder)}${process.pid}`;
  const old = `${fresh}-old`;
  await rm(fresh, { recursive: true, force: true });
  try {
    await mkdir(fresh, { recursive: true });
    const folders = new Set([...files.keys()].map((file) => path.join(fresh, path.dirname(file))));
    for (const below of folders) await mkdir(below, { recursive: true });
    for (const [file, text] of files) await system.write(path.join(fresh, file), text);
    if (!(await exists(folder))) {
      await system.rename(fresh, folder);
    } else if ((await system.exchange(fresh, folder)) === 'unsupported') {
      await system.rename(folder, old);
      try {
        await system.rename(fresh, folder);
      } catch (error) {
        await rename(old, folder);
        throw error;
      }
    }
  } finally {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    if (await exists(folder)) await rm(old, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Puts back a folder that a killed run left renamed, and removes the work folders of runs that are gone. */
export async function recover(folder: string): Promise<void> {
  const prefix = path.basename(workPrefix(folder));
  const parent = path.dirname(folder);
  const leftovers = (await readdir(parent)).filter((name) => name.startsWith(prefix)).sort();
  for (const name of leftovers) {
    const pid = Number(/^\d+/.exec(name.slice(prefix.length))?.[0]);
    if (pid === process.pid || isRunning(pid)) continue;
    const leftover = path.join(parent, name);
    if (name.endsWith('-old') && !(await exists(folder))) await rename(leftover, folder);
    else await rm(leftover, { recursive: true, force: true });
  }
}

/** `.dist.synth-`: beside the folder, since a rename works within one file system only. Ignored by Git. */
function workPrefix(folder: string): string {
  return path.join(path.dirname(folder), `.${path.basename(folder)}.synth-`);
}

async function exists(folder: string): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export const realFileSystem: FileSystem = {
  // As the umask allows: a program may be run by whoever may read it.
  write: (file, text) => writeFile(file, text, { mode: isProgram(text) ? 0o777 : 0o666 }),
  exchange,
  rename,
};

/** renameat2(RENAME_EXCHANGE), or its like on macOS; Node has no call for them. */
async function exchange(left: string, right: string): Promise<'exchanged' | 'unsupported'> {
  if (process.platform === 'win32') return 'unsupported';
  let native: { readonly swap: (from: string, to: string) => Promise<void> };
  try {
    native = await import('fs-native-extensions');
  } catch {
    return 'unsupported';
  }
  try {
    await native.swap(left, right);
    return 'exchanged';
  } catch (error) {
    // A file system without the call (some network and overlay mounts); anything else is a real refusal.
    if (['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return 'unsupported';
    throw error;
  }
}
