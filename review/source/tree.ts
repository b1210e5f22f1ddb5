import path from 'node:path';

/** A file of one side of the review. */
export interface TreeFile {
  /** Relative to BASE or HEAD, with forward slashes. */
  readonly name: string;
  readonly text: string;
}

/** All files with manifests of BASE or of HEAD. */
export interface Tree {
  /** As the user named it. */
  readonly label: string;
  readonly files: ReadonlyMap<string, TreeFile>;
}

/** BASE or HEAD can't be read; the message names it and says what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

const EXTENSIONS = new Set(['.yaml', '.yml', '.json']);

/** The folder of a file, `.` for the top. */
export function placeOf(file: string): string {
  return path.posix.dirname(file);
}

/** Whether a path of a Git tree may hold manifests, by the same measure as for folders (model/manifest/files.ts). */
export function isManifestPath(file: string): boolean {
  const parts = file.split('/');
  return (
    EXTENSIONS.has(path.posix.extname(file).toLowerCase()) &&
    !parts.slice(0, -1).some((part) => part.startsWith('.') || part === 'node_modules') &&
    !(parts.at(-1) ?? '').startsWith('.')
  );
}

/** Leaves out the templates of Helm charts, which are no YAML before they are rendered. */
export function withoutChartTemplates(files: readonly string[]): readonly string[] {
  const charts = files.filter((file) => /(^|\/)Chart\.ya?ml$/.test(file)).map((file) => placeOf(file));
  const folders = charts.map((chart) => (chart === '.' ? 'templates/' : `${chart}/templates/`));
  return files.filter((file) => !folders.some((folder) => file.startsWith(folder)));
}

/**
 * Of a repository laid out like this one, what clusters get and what pins them: `dist/`, `argocd/` and `platform/`. YAML
 * elsewhere in it is samples and settings of tools. Of any other repository, everything.
 */
export function deployedOnly(files: readonly string[]): readonly string[] {
  const isRendered = ['dist/', 'argocd/'].every((folder) => files.some((file) => file.startsWith(folder)));
  return isRendered ? files.filter((file) => /^(dist|argocd|platform)\//.test(file)) : files;
}
