import { dump, type DumpOptions } from 'js-yaml';
import { groupOf, type KubeObject } from '../model/kube-object';

/** First line of every rendered file; a file without it was not written by us. */
export const HEADER = '# Rendered by `npm start` from platform/ and constructs/: edit those, not this file.';

/**
 * The file of an object in its folder: `Deployment.apps_aia_api.yaml`, `Namespace_-_aia.yaml`. Group and namespace are
 * part of it, so that two objects share a file only if the API server too takes them for one.
 */
export function manifestFileName(object: KubeObject): string {
  const group = groupOf(object.apiVersion);
  const { namespace, name } = object.metadata;
  return `${object.kind}${group === '' ? '' : `.${group}`}_${namespace ?? '-'}_${name}.yaml`;
}

/** Texts by object: phases and clusters share most of their objects, and writing YAML is what rendering spends its time on. */
const texts = new Map<string, string>();

/** The object as YAML that kubectl and Argo CD read alike, with the header. */
export function manifestText(object: KubeObject): string {
  const key = JSON.stringify(object);
  const text = texts.get(key) ?? writeManifest(object);
  texts.set(key, text);
  return text;
}

function writeManifest({ apiVersion, kind, metadata, ...rest }: KubeObject): string {
  const ordered = { apiVersion, kind, ...(sorted({ metadata }) as object), ...(sorted(rest) as object) };
  return `${HEADER}\n${dump(ordered, YAML_STYLE)}`;
}

/**
 * js-yaml writes in a quarter of the time that cdk8s's own writer takes, and like it quotes what YAML 1.1 would take for
 * something else than text. No folded lines and no anchors, which are hard to read in a diff.
 */
const YAML_STYLE: DumpOptions = { lineWidth: -1, noRefs: true };

/** Keys in one order whoever added them: cdk8s sorts what it renders, not what a patch adds afterwards. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
