import type { KubeObject } from '../../model/kube-object';
import { field, listField, textField } from './field';

/** An application of Argo CD as gates, status and back-out read it. */
export interface ApplicationState {
  readonly name: string;
  /** Folder of the repository; undefined for a chart. */
  readonly path?: string;
  /** Folder that its status speaks of: behind `path` for a moment after a promotion. */
  readonly comparedPath?: string;
  readonly sync: string;
  readonly health: string;
  /** Commit that it was last compared with. */
  readonly revision?: string;
  /** `Running`, `Succeeded`, `Failed`, `Error`, `Terminating`; undefined where there was none. */
  readonly operation?: string;
  /** Commit that the operation carries out. */
  readonly operationRevision?: string;
  /** What it says is wrong, the objects that were refused included. */
  readonly messages: readonly string[];
  /** When Argo CD last looked at it, ms since 1970. */
  readonly reconciledAt?: number;
}

/** The applications of one cluster: root first, then all whose names end with the cluster's. */
export function applicationStates(
  objects: readonly KubeObject[],
  names: { readonly root: string; readonly cluster: string },
): ApplicationState[] {
  const ours = objects.filter(
    ({ metadata }) => metadata.name === names.root || metadata.name.endsWith(`-${names.cluster}`),
  );
  return ours
    .map(stateOf)
    .sort((a, b) => Number(b.name === names.root) - Number(a.name === names.root) || (a.name < b.name ? -1 : 1));
}

function stateOf(object: KubeObject): ApplicationState {
  const { status } = object;
  const operation = field(status, 'operationState');
  const refused = listField(operation, 'syncResult', 'resources')
    .filter((entry) => field(entry, 'status') === 'SyncFailed')
    .map(
      (entry) =>
        `${textField(entry, 'kind') ?? ''} ${textField(entry, 'name') ?? ''}: ${textField(entry, 'message') ?? ''}`,
    );
  const conditions = listField(status, 'conditions')
    .filter((entry) => /Error|Warning/.test(textField(entry, 'type') ?? ''))
    .map((entry) => `${textField(entry, 'type') ?? ''}: ${textField(entry, 'message') ?? ''}`);
  const phase = textField(operation, 'phase');
  const failed = phase === 'Failed' || phase === 'Error' ? [textField(operation, 'message') ?? phase] : [];
  return defined({
    name: object.metadata.name,
    path: textField(object, 'spec', 'source', 'path'),
    comparedPath: textField(status, 'sync', 'comparedTo', 'source', 'path'),
    sync: textField(status, 'sync', 'status') ?? 'Unknown',
    health: textField(status, 'health', 'status') ?? 'Unknown',
    revision: textField(status, 'sync', 'revision'),
    operation: phase,
    operationRevision:
      textField(operation, 'syncResult', 'revision') ?? textField(operation, 'operation', 'sync', 'revision'),
    messages: [...refused, ...failed, ...conditions],
    reconciledAt: Date.parse(textField(status, 'reconciledAt') ?? '') || undefined,
  });
}

/** The same without the fields that have no value. */
function defined<T extends object>(object: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
