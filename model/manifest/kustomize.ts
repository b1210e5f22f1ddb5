import path from 'node:path';
import { asList, asRecord, asString } from './access';

/** True for the files that kustomize itself reads. */
export function isKustomization(fileName: string): boolean {
  return /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(fileName);
}

/**
 * Files that a kustomization uses as patches, as names relative to the working directory: they hold parts of
 * objects, which are no objects to check.
 */
export function patchFiles(documents: readonly unknown[], fileName: string): readonly string[] {
  const folder = path.posix.dirname(fileName);
  return documents.flatMap((document) => {
    const fields = asRecord(document);
    const listed = [
      ...asList(fields?.patchesStrategicMerge),
      ...[...asList(fields?.patches), ...asList(fields?.patchesJson6902)].map(
        // Before kustomize 5 a patch was just its file name.
        (patch) => asRecord(patch)?.path ?? patch,
      ),
    ];
    const names = listed.flatMap((name) => asString(name) ?? []).filter((name) => !name.includes('\n'));
    return names.map((name) => path.posix.normalize(path.posix.join(folder, name)));
  });
}

/** ConfigMaps and Secrets that a kustomization makes and that no file holds, as `ConfigMap NAME`. */
export function generatedConfig(documents: readonly unknown[]): readonly string[] {
  return documents.flatMap((document) =>
    (['ConfigMap', 'Secret'] as const).flatMap((kind) =>
      asList(asRecord(document)?.[kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator']).flatMap((entry) => {
        const name = asString(asRecord(entry)?.name);
        return name === undefined ? [] : `${kind} ${name}`;
      }),
    ),
  );
}
