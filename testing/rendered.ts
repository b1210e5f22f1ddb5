import type { KubeObject } from '../model/kube-object';
import type { PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { renderPlatform } from '../phases/render';

/** The objects that a phase puts on a cluster. */
export function objectsOf(platform: Platform, phase: PhaseId, cluster: string): KubeObject[] {
  const cell = renderPlatform(platform).cells.find((entry) => entry.phase === phase && entry.cluster.name === cluster);
  if (cell === undefined) throw new Error(`nothing is rendered for ${cluster} in ${phase}`);
  return cell.objects.map(({ object }) => object);
}

/** One object by kind and name. */
export function findObject(objects: readonly KubeObject[], kind: string, name: string): KubeObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name} among ${objects.length} objects`);
  return found;
}

/** A field by its path; undefined where it, or anything above it, is not there. */
export function field(object: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined,
    object,
  );
}

/** Every pod spec in the objects, with the name of what owns it. */
export function podSpecs(objects: readonly KubeObject[]): { owner: string; spec: Record<string, unknown> }[] {
  return objects.flatMap((object) => {
    const spec =
      field(object, 'spec', 'template', 'spec') ?? field(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
    return spec === undefined
      ? []
      : [{ owner: `${object.kind} ${object.metadata.name}`, spec: spec as Record<string, unknown> }];
  });
}

/** Rows as text with their columns under each other: what a snapshot shows a reviewer. */
export function alignedTable(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
