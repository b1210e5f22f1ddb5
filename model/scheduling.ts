import { asList, asRecord, asString, at, textAt } from './manifest/access';
import { matchesExpressions } from './manifest/label-selector';

/** What the scheduler looks at on a node before it looks at what is free there. */
export interface SchedulingNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

/** The part of a pod's spec by which it chooses nodes. */
export interface SchedulingSpec {
  readonly nodeName?: unknown;
  readonly nodeSelector?: unknown;
  readonly affinity?: unknown;
  readonly tolerations?: unknown;
}

/** Why a pod may not run on a node, whatever is free there: a word for people; undefined where it may. */
export function refusalOf(spec: SchedulingSpec, node: SchedulingNode): string | undefined {
  if (typeof spec.nodeName === 'string' && spec.nodeName !== node.name) return 'nodeName';
  const selector = Object.entries(asRecord(spec.nodeSelector) ?? {});
  if (!selector.every(([key, value]) => node.labels[key] === value)) return 'node selector';
  if (!meetsRequiredAffinity(spec, node)) return 'node affinity';
  return hasIntolerable(spec, node, ['NoSchedule', 'NoExecute']) ? 'taint' : undefined;
}

/** Node selector and required node affinity alone, which is what counts domains of a topology spread. */
export function matchesNode(spec: SchedulingSpec, node: SchedulingNode): boolean {
  const refusal = refusalOf({ ...spec, tolerations: [{ operator: 'Exists' }] }, node);
  return refusal === undefined;
}

/** Sum of the weights of the preferred node affinity terms that the node meets, as the scheduler adds them. */
export function preferenceFor(spec: SchedulingSpec, node: SchedulingNode): number {
  return asList(at(spec.affinity, 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution'))
    .filter((term) => meetsTerm(at(term, 'preference'), node))
    .reduce<number>((sum, term) => sum + Number(at(term, 'weight') ?? 0), 0);
}

/** Taints that the scheduler would rather avoid for this pod. */
export function unwelcomeTaints(spec: SchedulingSpec, node: SchedulingNode): number {
  return node.taints.filter(({ effect }) => effect === 'PreferNoSchedule').filter((taint) => !tolerates(spec, taint))
    .length;
}

function meetsRequiredAffinity(spec: SchedulingSpec, node: SchedulingNode): boolean {
  const required = at(spec.affinity, 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  if (required === undefined) return true;
  return asList(at(required, 'nodeSelectorTerms')).some((term) => meetsTerm(term, node));
}

/** An empty term matches no node. */
function meetsTerm(term: unknown, node: SchedulingNode): boolean {
  const expressions = asList(at(term, 'matchExpressions'));
  const fields = asList(at(term, 'matchFields'));
  if (expressions.length + fields.length === 0) return false;
  return matchesExpressions(expressions, node.labels) && matchesExpressions(fields, { 'metadata.name': node.name });
}

function hasIntolerable(spec: SchedulingSpec, node: SchedulingNode, effects: readonly string[]): boolean {
  return node.taints.some((taint) => effects.includes(taint.effect) && !tolerates(spec, taint));
}

function tolerates(spec: SchedulingSpec, taint: SchedulingNode['taints'][number]): boolean {
  return asList(spec.tolerations).some((toleration) => {
    const effect = textAt(toleration, 'effect') ?? '';
    const key = textAt(toleration, 'key') ?? '';
    if (effect !== '' && effect !== taint.effect) return false;
    if (key !== '' && key !== taint.key) return false;
    if (textAt(toleration, 'operator') === 'Exists') return true;
    return key !== '' && (asString(at(toleration, 'value')) ?? '') === (taint.value ?? '');
  });
}
