import type { KubeObject } from '../../model/kube-object';
import type { Keys } from '../../model/manifest/access';
import type { ReportOptions } from '../rule';

/** An object of the tree with its place. */
export interface Member {
  /** Without the data of ConfigMaps and Secrets and the schemas of definitions, see {@link slim}. */
  readonly object: KubeObject;
  readonly file: string;
  readonly line: number;
  /** The PATH that it was found below; files that were named one by one share one. */
  readonly root: string;
}

/** Says that the field of a member is wrong; the message goes on where "object, field" ends. */
export type MemberReport = (member: Member, keys: Keys, message: string, options?: ReportOptions) => void;

/**
 * The object without what no rule on a set reads and what may be large: ten thousand objects are kept at a time. Keys
 * of data stay, since pods name them; values of Secrets are let go of for good.
 */
export function slim(whole: KubeObject): KubeObject {
  const object = withName(whole);
  switch (object.kind) {
    case 'ConfigMap':
    case 'Secret': {
      const { apiVersion, kind, metadata, type } = object;
      const keys = ['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(object[field] ?? {}));
      return { apiVersion, kind, metadata, type, data: Object.fromEntries(keys.map((key) => [key, ''])) };
    }
    case 'CustomResourceDefinition': {
      const { apiVersion, kind, metadata, spec } = object;
      const { group, names, scope } = (spec ?? {}) as Record<string, unknown>;
      return { apiVersion, kind, metadata, spec: { group, names, scope } };
    }
    default:
      return object;
  }
}

/** Objects with generateName have no name yet, and a number is none. */
function withName(object: KubeObject): KubeObject {
  const { name } = object.metadata as { name?: unknown };
  return typeof name === 'string' ? object : { ...object, metadata: { ...object.metadata, name: '' } };
}
