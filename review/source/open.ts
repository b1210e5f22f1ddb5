import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { listManifestFiles, readManifestText } from '../../model/manifest/files';
import { GitRepository } from './git';
import { SourceError, type Tree } from './tree';

/** The two sides of a review. */
export interface Sides {
  readonly base: Tree;
  readonly head: Tree;
}

/**
 * Opens BASE and HEAD: two folders or files, or two revisions of the repository around the working directory.
 * Where a name is both, it is a path if the other one can only be a path.
 *
 * @param head undefined stands for the work tree
 * @throws SourceError, CannotReadError
 */
export function openSides(base: string, head: string | undefined, workdir: string): Sides {
  const isPath = (name: string): boolean => existsSync(path.resolve(workdir, name));
  const repository = GitRepository.around(workdir);
  const isRevision = (name: string): boolean => repository?.has(name) === true;
  if (head === undefined) {
    if (repository && isRevision(base)) return repository.workTree(base);
    throw new SourceError(
      isPath(base)
        ? `${base} is a path: name the other one too, aia review ${base} OTHER.`
        : unknown(base, repository !== undefined),
    );
  }
  const areRevisions = isRevision(base) && isRevision(head);
  if (repository && areRevisions) return repository.revisions(base, head);
  if (isPath(base) && isPath(head)) return { base: openPath(base, workdir), head: openPath(head, workdir) };
  const lost = [base, head].find((name) => !isPath(name) && !isRevision(name));
  if (lost !== undefined) throw new SourceError(unknown(lost, repository !== undefined));
  throw new SourceError(`${base} and ${head} must both be revisions or both be paths.`);
}

function unknown(name: string, isInRepository: boolean): string {
  return isInRepository
    ? `${name} is neither a revision of this repository nor a file or folder. Is it fetched? git fetch, then try again.`
    : `${name} is no file or folder, and there is no Git repository here whose revision it could be.`;
}

function openPath(name: string, workdir: string): Tree {
  const root = path.resolve(workdir, name);
  const isFile = statSync(root).isFile();
  const from = isFile ? path.dirname(root) : root;
  const files = listManifestFiles([root], from).map((file) => {
    // Two files are one document that changed, whatever they are called.
    const called = isFile ? path.posix.basename('manifest') : file.name;
    return [called, { name: isFile ? path.basename(root) : file.name, text: readManifestText(file) }] as const;
  });
  return { label: name, files: new Map(files) };
}
