import type { KubeObject } from '../../model/kube-object';
import { asRecord } from '../../model/manifest/access';
import type { SchemaSet } from '../../model/schema/load';
import type { SchemaNode } from '../../model/schema/types';
import { defaultOf, isEmpty, isMeaninglessWhenEmpty } from './defaults';
import type { Difference, Step } from './difference';
import { isSameCode, readEmbedded } from './embedded';
import { labelOf } from './item-label';
import { identityOfList, keyOf } from './list-identity';
import { matchItems } from './match-items';
import { isQuantityField, isSameAmount } from './quantities';
import { isSecretField, isSecretVariable } from './secret';

/** Keys of the pod template inside an object, or undefined where it has none. */
export type TemplateKeys = (object: KubeObject) => readonly (string | number)[] | undefined;

/** Texts of a schema for its readers. */
const DOCUMENTATION = /\/openAPIV3Schema\/(.*\/)?description$/;

/** Maps whose keys people name one by one. */
const LABELS = new Set(['labels', 'annotations', 'matchLabels']);

/** Where the walk is. */
interface Here {
  readonly steps: readonly Step[];
  /** Keys from the top, list items left out. */
  readonly keys: readonly string[];
  readonly node: SchemaNode | undefined;
  readonly isPod: boolean;
  /** Inside text: no schema and no default holds there. */
  readonly isEmbedded: boolean;
}

/**
 * Compares two objects field by field, as the API server would understand them: quantities by value, lists by what
 * tells their items apart, text by the document in it. What differs in the text and not in the cluster is reported
 * as harmless. Nothing is reported for the order of keys, nor for that of a set outside a pod template; in a pod
 * template the order restarts the pods.
 */
export class ObjectComparison {
  private found: Difference[] = [];
  private object: KubeObject = { apiVersion: '', kind: '', metadata: { name: '' } };
  private template: readonly string[] | undefined;

  constructor(
    private readonly schemas: SchemaSet,
    private readonly templateKeys: TemplateKeys,
  ) {}

  /** Differences in the order of their paths; an empty list where the two mean the same and are written alike. */
  compare(before: KubeObject, after: KubeObject): readonly Difference[] {
    this.found = [];
    this.object = after;
    this.template = this.templateKeys(after)?.map(String);
    const kind = this.schemas.find(after.apiVersion, after.kind);
    const node = this.schemas.nodes[kind?.current ?? kind?.floor ?? -1];
    this.walk(before, after, { steps: [], keys: [], node, isPod: false, isEmbedded: false });
    return this.found;
  }

  private walk(before: unknown, after: unknown, here: Here, parents: readonly unknown[] = []): void {
    const [left, right] = [before ?? undefined, after ?? undefined];
    if (left === right) return;
    if (isSecretField(this.object, here.steps)) {
      if (decoded(here.keys[0], left) !== decoded(here.keys[0], right))
        this.report(here, left, right, { isSecret: true });
      return;
    }
    if (left === undefined || right === undefined) {
      this.oneSided(left, right, here, parents);
      return;
    }
    if (Array.isArray(left) && Array.isArray(right)) {
      this.lists(left, right, here);
      return;
    }
    const [one, other] = [asRecord(left), asRecord(right)];
    if (one && other) {
      this.maps(one, other, here);
      return;
    }
    if (!here.isEmbedded && isQuantityField(here.steps, here.node) && isSameAmount(left, right)) {
      this.report(here, left, right, { harmless: 'the same amount' });
    } else if (typeof left === 'string' && typeof right === 'string') {
      this.texts(left, right, here, parents);
    } else {
      this.report(here, left, right, {});
    }
  }

  private oneSided(left: unknown, right: unknown, here: Here, parents: readonly unknown[]): void {
    const value = left ?? right;
    const key = here.keys.at(-1) ?? '';
    if (parents.some(isSecretVariable)) this.report(here, left, right, { isSecret: true });
    else if (!here.isEmbedded && isEmpty(value) && isMeaninglessWhenEmpty(key)) {
      this.report(here, left, right, { harmless: 'empty' });
    } else if (!here.isEmbedded && this.isDefault(value, here, left === undefined ? parents[1] : parents[0])) {
      this.report(here, left, right, { harmless: 'the default, written out' });
    } else if (this.isSecretMap(value) || (LABELS.has(key) && asRecord(value))) {
      // Each label, and each key of a Secret's values, is a field of its own.
      this.maps(asRecord(left) ?? {}, asRecord(right) ?? {}, here);
    } else {
      const isSecretItem = isSecretVariable(value);
      this.report(here, left, right, isSecretItem ? { isSecret: true } : {});
    }
  }

  private isSecretMap(value: unknown): boolean {
    return this.object.kind === 'Secret' && asRecord(value) !== undefined;
  }

  /** The default itself, or a map in which everything is its default. */
  private isDefault(value: unknown, here: Here, parent: unknown): boolean {
    const record = asRecord(value);
    if (record) {
      const entries = Object.entries(record);
      return (
        entries.length > 0 &&
        entries.every(([key, child]) => child === null || this.isDefault(child, this.below(here, key), record))
      );
    }
    const { apiVersion, kind } = this.object;
    const expected = defaultOf({ apiVersion, kind, isPod: here.isPod, keys: here.keys, parent, node: here.node });
    if (expected === undefined) return false;
    return expected === value || (isQuantityField(here.steps, here.node) && isSameAmount(expected, value));
  }

  private maps(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>, here: Here): void {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of [...keys].sort()) {
      const left = Object.hasOwn(before, key) ? before[key] : undefined;
      const right = Object.hasOwn(after, key) ? after[key] : undefined;
      this.walk(left, right, this.below(here, key), [before, after]);
    }
  }

  private below(here: Here, key: string): Here {
    const { node } = here;
    const index = node?.props && Object.hasOwn(node.props, key) ? node.props[key] : node?.values;
    const keys = [...here.keys, key];
    return {
      steps: [...here.steps, key],
      keys,
      node: here.isEmbedded || index === undefined ? undefined : this.schemas.nodes[index],
      isPod: here.isPod || this.isTemplate(keys),
      isEmbedded: here.isEmbedded,
    };
  }

  private isTemplate(keys: readonly string[]): boolean {
    const { template } = this;
    return template?.length === keys.length && template.every((key, at) => key === keys[at]);
  }

  private lists(before: readonly unknown[], after: readonly unknown[], here: Here): void {
    const pattern = here.keys.join('/');
    const identity = identityOfList(pattern, here.node, before, after);
    const items: Here = {
      ...here,
      node: here.node?.items === undefined ? undefined : this.schemas.nodes[here.node.items],
    };
    const { pairs, left, right, isReordered } = matchItems(before, after, identity, (one, other) =>
      this.isSame(one, other, items),
    );
    for (const index of left) {
      const label = labelOf(before[index], index, before, identity);
      this.walk(before[index], undefined, { ...items, steps: [...here.steps, label] });
    }
    for (const [one, other] of pairs) {
      const partner = { item: after[other], others: after };
      // Where the index is the identity, it is that of the new list.
      const isByIndex = identity.isOrdered && !identity.keys;
      const label = labelOf(before[one], isByIndex ? other : one, before, identity, partner);
      this.walk(before[one], after[other], { ...items, steps: [...here.steps, label] });
    }
    for (const index of right) {
      const label = labelOf(after[index], index, after, identity);
      this.walk(undefined, after[index], { ...items, steps: [...here.steps, label] });
    }
    if (!isReordered || !(identity.isOrdered || here.isPod)) return;
    // Both orders name the items as they were, so that a reader finds them in the old list.
    const nameOf = ([index]: readonly [number, number]): unknown =>
      identity.keys?.length === 1 ? keyOf(before[index], identity.keys[0] ?? '') : before[index];
    const asItWas = [...pairs].sort(([one], [other]) => one - other);
    const asItIs = [...pairs].sort(([, one], [, other]) => one - other);
    this.report(here, asItWas.map(nameOf), asItIs.map(nameOf), { isOrder: true });
  }

  private isSame(before: unknown, after: unknown, here: Here): boolean {
    if (typeof before !== 'object' || before === null) return before === after;
    const outer = this.found;
    this.found = [];
    this.walk(before, after, here);
    const isSame = this.found.length === 0;
    this.found = outer;
    return isSame;
  }

  private texts(left: string, right: string, here: Here, parents: readonly unknown[]): void {
    const [before, after] = parents;
    if (isSecretVariable(before) || isSecretVariable(after)) {
      this.report(here, left, right, { isSecret: true });
      return;
    }
    const embedded = here.isEmbedded ? undefined : readEmbedded(here.keys.at(-1) ?? '', left, right);
    if (embedded) {
      const count = this.found.length;
      const inside = { inside: embedded.language };
      this.walk(embedded.before, embedded.after, {
        ...here,
        steps: [...here.steps, inside],
        node: undefined,
        isEmbedded: true,
      });
      if (this.found.length === count) {
        this.report(here, left, right, { harmless: 'spelling of an embedded document' });
      }
      return;
    }
    const pattern = here.keys.join('/');
    if (this.object.kind === 'CustomResourceDefinition' && DOCUMENTATION.test(pattern)) {
      this.report(here, left, right, { harmless: 'documentation' });
      return;
    }
    const isSame = isSameCode(pattern, left, right);
    this.report(here, left, right, isSame ? { harmless: 'spelling of an embedded document' } : {});
  }

  private report(
    { steps, isPod }: Here,
    before: unknown,
    after: unknown,
    more: Pick<Difference, 'harmless' | 'isOrder' | 'isSecret'>,
  ): void {
    const { harmless, ...rest } = more;
    // Pods are compared as text where no type says what is in it: other spelling is another template.
    const isHarmless = harmless !== undefined && !(isPod && harmless === 'spelling of an embedded document');
    this.found.push({ steps, before, after, ...rest, ...(isHarmless && { harmless }) });
  }
}

/** The value of a Secret as the pod sees it: its base64 may be wrapped over lines. */
function decoded(field: string | undefined, value: unknown): unknown {
  if (field !== 'data' || typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : value;
  return Buffer.from(value, 'base64').toString('latin1');
}
