import type { KubeObject } from '../model/kube-object';
import { shown, type Keys } from '../model/manifest/access';
import { formatFieldPath } from '../model/manifest/field-path';
import type { ManifestObject } from '../model/manifest/objects';
import { readPositions, type Positions } from '../model/manifest/positions';
import type { Source } from './engine';
import type { Finding, ObjectRef, RawFinding } from './finding';

/** Works out lines of one file, reading its positions once and only when a line is asked for. */
export class Place {
  private positions: Positions | undefined;

  constructor(readonly source: Source) {}

  /** Lets the positions go: held for every file they are most of the memory. */
  release(): void {
    this.positions = undefined;
  }

  line(document: number, keys: Keys): number {
    this.positions ??= readPositions(this.source.text);
    return this.positions.lineOf(document, keys);
  }

  finish(
    { rule, severity, keys, message, fix }: RawFinding,
    { object, document, keys: prefix }: ManifestObject,
  ): Finding {
    const line = this.line(document, [...prefix, ...keys]);
    const path = formatFieldPath(object, keys);
    return { rule, severity, object: refOf(object), path, message, fix, file: this.source.name, line };
  }
}

/** An object as findings name it. */
export function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  const { name, generateName, namespace } = metadata as { name?: unknown; generateName?: unknown; namespace?: unknown };
  const text = (value: unknown): string => (value === undefined || value === null ? '' : shown(value));
  return {
    apiVersion,
    kind,
    namespace: text(namespace),
    name: text(name === '' ? generateName : (name ?? generateName)),
  };
}
