import { simpleGit } from 'simple-git';
import { withoutCredentials } from '../problem';

/** Where a rollout commits. */
export interface Remote {
  readonly url: string;
  readonly branch: string;
}

/**
 * The address under which a rollout clones and pushes: the one that Argo CD reads, through the remote of the local
 * folder that leads to the same repository, since that is the one a person can push to (by SSH, say, where Argo CD
 * reads by HTTPS).
 *
 * @param root the local folder; its files don't matter, its remotes do.
 * @param repositoryUrl what Argo CD reads.
 */
export async function pushableRemote(root: string, repositoryUrl: string, branch: string): Promise<Remote> {
  const remotes = await simpleGit(root)
    .getRemotes(true)
    .catch(() => []);
  const same = remotes.find(({ refs }) => repositoryPath(refs.push) === repositoryPath(repositoryUrl));
  return { url: same?.refs.push ?? repositoryUrl, branch };
}

/** Host and path of an address, however it is written: `git@host:a/b.git` and `https://host/a/b` are one repository. */
function repositoryPath(url: string): string {
  const plain = withoutCredentials(url)
    .replace(/\.git\/?$/, '')
    .replace(/\/$/, '');
  const scp = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(plain);
  if (scp !== null) return `${scp[1] ?? ''}/${scp[2] ?? ''}`.toLowerCase();
  return plain
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/:\d+\//, '/')
    .toLowerCase();
}
