import type { Settings } from './platform';

/** Where a person reads a page of the repository: GitHub's and GitLab's form of an address. */
export function pageUrl({ repositoryUrl, branch }: Settings, file: string): string {
  return `${repositoryUrl.replace(/\.git$/, '')}/blob/${branch}/${file}`;
}

/** Address of the page in docs/runbooks/ that an alert or a panel leads to. */
export function runbookUrl(settings: Settings, id: string): string {
  return pageUrl(settings, `docs/runbooks/${id}.md`);
}
