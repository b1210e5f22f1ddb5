/** What every Kubernetes object has; the rest is data until a reader asks for a field. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** The part of `metadata` that every reader of a manifest needs. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The API group of an `apiVersion`: `apps` for `apps/v1`, the empty string for the core group's `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/**
 * What makes an object the same object for the API server: group, kind, namespace and name. The version is not
 * part of it: `apps/v1` and `apps/v1beta1` name one Deployment.
 */
export function identityOf(object: KubeObject): string {
  const { name, namespace } = object.metadata;
  return [groupOf(object.apiVersion), object.kind, namespace ?? '', name].join('/');
}

/** The object as a person writes it: `Deployment aia/api`, `Namespace aia`. */
export function describeObject(object: KubeObject): string {
  const { name, namespace } = object.metadata;
  return `${object.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** How JSON output names an object; no namespace is the empty text. */
export function referenceTo({ apiVersion, kind, metadata }: KubeObject): {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
} {
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}
