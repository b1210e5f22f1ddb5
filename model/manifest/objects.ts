import type { KubeObject } from '../kube-object';
import { asRecord, textAt, type Keys } from './access';

/** An object of a manifest file and where it stands in it. */
export interface ManifestObject {
  readonly object: KubeObject;
  /** Index of its document in the file. */
  readonly document: number;
  /** Keys that lead to it inside the document: empty, or into the items of a List. */
  readonly keys: Keys;
}

/** A document that is meant as a Kubernetes object but is not one. */
export interface BrokenObject {
  readonly message: string;
  readonly fix: string;
  readonly document: number;
  readonly keys: Keys;
}

/** What a file holds: objects, broken objects, and the number of documents that are something else. */
export interface ManifestContent {
  readonly objects: readonly ManifestObject[];
  readonly broken: readonly BrokenObject[];
  readonly skipped: number;
}

/**
 * Groups whose "objects" are configuration files of a program: they have `apiVersion` and `kind`, no name, and no
 * API server ever sees them.
 */
const CONFIG_GROUPS =
  /^(kustomize\.config|.*\.config|config|kubeadm|client\.authentication)\.k8s\.io\/|^kind\.x-k8s\.io\/|^skaffold\/|^install\.istio\.io\//;
/** Requests that the API server answers and does not keep: they have no name. */
const REVIEW_GROUPS = /^(authentication|authorization)\.k8s\.io\//;

/** Sorts the documents of one file into objects, broken objects and the rest; every kind of List is opened. */
export function readObjects(documents: readonly unknown[], fileName = ''): ManifestContent {
  const objects: ManifestObject[] = [];
  const broken: BrokenObject[] = [];
  let skipped = 0;

  function take(value: unknown, document: number, keys: Keys, inherited?: ListKind): void {
    if (value === null || value === undefined) return;
    const fields = asRecord(value);
    const apiVersion = textAt(value, 'apiVersion') ?? inherited?.apiVersion;
    const kind = textAt(value, 'kind') ?? inherited?.kind;
    const isAny = fields && (apiVersion !== undefined || kind !== undefined || isWrong(fields.apiVersion));
    if (!isAny || isProgramConfig(apiVersion, kind, fileName)) {
      skipped += 1;
      return;
    }
    const list = listKind(fields, apiVersion, kind);
    if (list) {
      (fields.items as unknown[]).forEach((item, index) => {
        take(item, document, [...keys, 'items', index], list);
      });
      return;
    }
    const fault = faultOf(fields, apiVersion, kind);
    if (fault) {
      broken.push({ ...fault, document, keys });
      return;
    }
    const object = inherited ? { ...fields, apiVersion, kind } : fields;
    objects.push({ object: object as unknown as KubeObject, document, keys });
  }

  documents.forEach((value, document) => {
    take(value, document, []);
  });
  return { objects, broken, skipped };
}

interface ListKind {
  readonly apiVersion?: string;
  readonly kind?: string;
}

/** The items of a typed list such as DeploymentList may leave out what the list says. */
function listKind(fields: Readonly<Record<string, unknown>>, apiVersion?: string, kind?: string): ListKind | undefined {
  if (
    kind === undefined ||
    !/list$/i.test(kind) ||
    !Array.isArray(fields.items) ||
    textAt(fields, 'metadata', 'name')
  ) {
    return undefined;
  }
  const item = kind.slice(0, -'List'.length);
  return item === '' || apiVersion === undefined ? {} : { apiVersion, kind: item };
}

function isProgramConfig(apiVersion: string | undefined, kind: string | undefined, fileName: string): boolean {
  if (kind === undefined) return /(^|[\\/])Chart\.ya?ml$/.test(fileName);
  return (
    apiVersion !== undefined &&
    (CONFIG_GROUPS.test(apiVersion) || (apiVersion === 'v1' && (kind === 'Config' || kind === 'Policy')))
  );
}

/** There, but not as text: YAML reads `apiVersion: 1` as a number. */
function isWrong(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'string';
}

function faultOf(
  fields: Readonly<Record<string, unknown>>,
  apiVersion: string | undefined,
  kind: string | undefined,
): Pick<BrokenObject, 'message' | 'fix'> | undefined {
  if (isWrong(fields.apiVersion) || isWrong(fields.kind)) {
    return { message: 'has an apiVersion or a kind that is not text', fix: 'put it in quotes' };
  }
  if (apiVersion === undefined) {
    return {
      message: `has kind ${kind ?? ''} and no apiVersion`,
      fix: 'add apiVersion, such as apps/v1 for a Deployment',
    };
  }
  if (kind === undefined) return { message: `has apiVersion ${apiVersion} and no kind`, fix: 'add the kind' };
  const metadata = asRecord(fields.metadata);
  if (REVIEW_GROUPS.test(apiVersion)) return undefined;
  if (metadata === undefined) return { message: `has kind ${kind} and no metadata`, fix: 'add metadata.name' };
  if ((metadata.name ?? metadata.generateName ?? '') === '') {
    return { message: `has kind ${kind} and no name`, fix: 'add metadata.name' };
  }
  return undefined;
}
