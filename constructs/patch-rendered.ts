import { type ApiObject, JsonPatch } from 'cdk8s';

/**
 * The one way to add what the Kubernetes 1.28 types of cdk8s-plus don't know.
 *
 * cdk8s's own `addJsonPatch` runs before the generated filter, which then drops every unknown field without a word;
 * this patches what the filter has left. Paths and values are those of the API (`clusterIP`, plain numbers).
 */
export function patchRendered(object: ApiObject, ...operations: JsonPatch[]): void {
  const render = object.toJson.bind(object);
  object.toJson = (): unknown => JsonPatch.apply(render(), ...operations);
}
