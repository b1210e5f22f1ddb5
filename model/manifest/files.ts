import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** A file or folder that can't be read; the message names it and says what to do. */
export class CannotReadError extends Error {
  override readonly name = 'CannotReadError';
}

/** A file that may hold manifests. */
export interface ManifestFile {
  /** As a person names it: relative to the working directory, with forward slashes. */
  readonly name: string;
  readonly path: string;
  /** The PATH argument below which it was found. */
  readonly root: string;
  /** True where the file itself was named, so that it is read whatever it looks like. */
  readonly isNamed: boolean;
}

const EXTENSIONS = new Set(['.yaml', '.yml', '.json']);
const NOT_MANIFESTS = new Set(['node_modules']);

/**
 * Files with manifests below the paths, sorted by name, each once. Links are followed; a folder that was seen
 * already (a loop of links) is not entered again. Hidden folders, `node_modules` and the templates of Helm charts
 * (which are no YAML before they are rendered) are left out.
 *
 * @param workdir what names are relative to
 * @throws CannotReadError
 */
export function listManifestFiles(paths: readonly string[], workdir: string): readonly ManifestFile[] {
  const files = new Map<string, ManifestFile>();
  for (const root of paths) {
    const seen = new Set<string>();
    const start = path.resolve(workdir, root);
    const add = (file: string, isNamed: boolean, isLink = true): void => {
      const real = isLink ? resolveLink(file, workdir) : file;
      if (!files.has(real)) files.set(real, { name: nameOf(file, workdir), path: file, root, isNamed });
    };
    if (statOf(start, workdir).isDirectory()) walk(start, seen, workdir, add);
    else add(start, true);
  }
  return [...files.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The text of a file.
 *
 * @throws CannotReadError also where the bytes are not UTF-8, which is all that YAML allows in practice
 */
export function readManifestText(file: ManifestFile): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file.path);
  } catch (error) {
    throw new CannotReadError(`${file.name} can not be read: ${reason(error)}.`);
  }
  if (!isUtf8(bytes)) throw new CannotReadError(`${file.name} is not UTF-8 text. Save it as UTF-8, or leave it out.`);
  return bytes.toString('utf8');
}

type Add = (file: string, isNamed: boolean, isLink?: boolean) => void;

function walk(folder: string, seen: Set<string>, workdir: string, add: Add): void {
  const real = resolveLink(folder, workdir);
  if (seen.has(real)) return;
  seen.add(real);
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new CannotReadError(`${nameOf(folder, workdir)} can not be read: ${reason(error)}.`);
  }
  const isChart = entries.some((entry) => /^Chart\.ya?ml$/.test(entry.name));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = path.join(folder, entry.name);
    if (entry.name.startsWith('.') || NOT_MANIFESTS.has(entry.name)) continue;
    if (isChart && entry.name === 'templates') continue;
    const isLink = entry.isSymbolicLink();
    const isYaml = EXTENSIONS.has(path.extname(entry.name).toLowerCase());
    if (isLink && !isYaml && !isFolder(child)) continue;
    const kind = isLink ? statOf(child, workdir) : entry;
    if (kind.isDirectory()) walk(child, seen, workdir, add);
    else if (isYaml && kind.isFile()) add(child, false, isLink);
  }
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function statOf(file: string, workdir: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(file);
  } catch (error) {
    throw new CannotReadError(`${nameOf(file, workdir)} can not be read: ${reason(error)}.`);
  }
}

function resolveLink(file: string, workdir: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    throw new CannotReadError(`${nameOf(file, workdir)} can not be read: ${reason(error)}.`);
  }
}

function nameOf(file: string, workdir: string): string {
  const relative = path.relative(workdir, file).split(path.sep).join('/');
  return relative === '' ? '.' : relative;
}

/** The reason without the absolute path that Node puts into its message. */
function reason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ELOOP':
      return 'its links go round in a circle';
    default:
      return (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  }
}
