/**
 * The derived form of a schema: a table of nodes that name each other by index, so that what is equal (in two
 * Kubernetes versions, or a pod spec embedded by five operators) is stored and held once.
 */
export interface SchemaNode {
  readonly type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'intOrString' | 'quantity' | 'any';
  readonly props?: Readonly<Record<string, number>>;
  readonly req?: readonly string[];
  /** Node of an array's items. */
  readonly items?: number;
  /** Node of a map's values (`additionalProperties`). */
  readonly values?: number;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** Least and most characters, items or fields, by type. */
  readonly least?: number;
  readonly most?: number;
  readonly nullable?: true;
  /** Unknown fields are kept by the API server (`x-kubernetes-preserve-unknown-fields`). */
  readonly open?: true;
  /** A whole object in a field: `apiVersion`, `kind` and `metadata` are known there. */
  readonly embedded?: true;
  readonly one?: readonly number[];
  readonly some?: readonly number[];
  readonly all?: readonly number[];
  readonly not?: number;
  /** What the API server fills in where the field is left out; scalars only. */
  readonly default?: string | number | boolean;
  /** Fields that tell the items of a list apart (`x-kubernetes-list-map-keys`, or the key of strategic merges). */
  readonly keys?: readonly string[];
  /** The API server takes the list as a set: order says nothing. */
  readonly set?: true;
}

/** Node indices of one kind per Kubernetes version: null where that version does not serve it. */
export interface KindSchema {
  readonly floor: number | null;
  readonly current: number | null;
  readonly namespaced: boolean;
}

/** The file `schemas/kubernetes.json`. */
export interface SchemaFile {
  /** Kubernetes releases that the two columns stand for, such as `v1.28.15`. */
  readonly versions: { readonly floor: string; readonly current: string };
  /** Node of `metadata`, which every custom resource has too. */
  readonly objectMeta: number;
  /** By `group/version/Kind`, with the empty group for the core: `/v1/Pod`. */
  readonly kinds: Readonly<Record<string, KindSchema>>;
  readonly nodes: readonly SchemaNode[];
}

/** The two Kubernetes generations that manifests are checked against. */
export type KubernetesVersion = 'floor' | 'current';
