import { listManifestFiles, readManifestText } from '../model/manifest/files';
import type { Source } from './engine';

/**
 * Reads the files below the paths.
 *
 * @throws CannotReadError
 */
export function readSources(paths: readonly string[], workdir: string): readonly Source[] {
  return listManifestFiles(paths, workdir).map((file) => {
    const { name, root, isNamed } = file;
    return { name, root, isNamed, text: readManifestText(file) };
  });
}
