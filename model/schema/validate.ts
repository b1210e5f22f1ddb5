import { asRecord, shown, type Keys } from '../manifest/access';
import { isFormat, matchesPattern, quantityFault, rangeOf } from './formats';
import type { KubernetesVersion, SchemaNode } from './types';

/** What a value breaks, and in which of the versions it was checked against. */
export interface SchemaProblem {
  readonly keys: Keys;
  readonly message: string;
  readonly fix: string;
  readonly versions: readonly KubernetesVersion[];
}

/** A way to say which field was meant, for the message about an unknown one. */
export type Suggest = (unknown: string, known: readonly string[]) => string | undefined;

const ANY: SchemaNode = { type: 'any' };
const EMBEDDED = new Set(['apiVersion', 'kind', 'metadata']);
const NAMES: Record<SchemaNode['type'], string> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  intOrString: 'a whole number or text',
  quantity: 'a quantity',
  any: 'anything',
};

/**
 * Checks a value against both versions' schemas in one walk: where the two are the same node, as nearly all are,
 * the second costs nothing. Written for speed instead of taking a JSON schema validator: those know neither
 * "unknown fields are errors but for preserved ones" nor int-or-string, and compile for seconds before the first
 * object (bench/check.mjs measures ours against kubeconform).
 */
export class SchemaWalk {
  private readonly keys: (string | number)[] = [];
  private found = new Map<string, { problem: Omit<SchemaProblem, 'versions'>; versions: Set<KubernetesVersion> }>();
  private versions: readonly KubernetesVersion[] = [];
  /** False for a Secret: its values must not appear in a message. */
  showValues = true;

  constructor(
    private readonly nodes: readonly SchemaNode[],
    private readonly suggest: Suggest,
  ) {}

  /** Problems of one object, in the order of its fields; an undefined node leaves that version out. */
  check(value: unknown, floor: number | undefined, current: number | undefined): readonly SchemaProblem[] {
    if (this.found.size > 0) this.found = new Map();
    this.walk(value, floor, current);
    return [...this.found.values()].map(({ problem, versions }) => ({ ...problem, versions: [...versions] }));
  }

  private walk(value: unknown, floor: number | undefined, current: number | undefined): void {
    if (floor === current) {
      if (floor !== undefined) this.node(value, this.at(floor), 'floor', 'current');
      return;
    }
    if (floor === undefined || current === undefined || typeof value !== 'object' || value === null) {
      if (floor !== undefined) this.node(value, this.at(floor), 'floor');
      if (current !== undefined) this.node(value, this.at(current), 'current');
      return;
    }
    // The versions differ somewhere below: look at this level for each, descend once for both.
    const a = this.at(floor);
    const b = this.at(current);
    this.versions = ['floor'];
    this.own(value, a);
    this.versions = ['current'];
    this.own(value, b);
    if (!accepts(a, value) || !accepts(b, value)) return;
    this.children(value, a, b);
  }

  private at(index: number): SchemaNode {
    return this.nodes[index] ?? ANY;
  }

  private node(value: unknown, node: SchemaNode, ...versions: KubernetesVersion[]): void {
    this.versions = versions;
    this.own(value, node);
    if (typeof value !== 'object' || value === null || !accepts(node, value)) return;
    this.children(
      value,
      versions.includes('floor') ? node : undefined,
      versions.includes('current') ? node : undefined,
    );
  }

  private children(value: object, a: SchemaNode | undefined, b: SchemaNode | undefined): void {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        this.keys.push(index);
        this.walk(value[index], a?.items, b?.items);
        this.keys.pop();
      }
      return;
    }
    const fields = value as Record<string, unknown>;
    for (const key in fields) {
      const child = fields[key];
      const hasFloor = a && childOf(a, key);
      const hasCurrent = b && childOf(b, key);
      if (hasFloor === undefined && hasCurrent === undefined) continue;
      // null in a map means "not set" to the API server.
      if (child === null) continue;
      this.keys.push(key);
      this.walk(child, hasFloor, hasCurrent);
      this.keys.pop();
    }
  }

  /** What the node says about this value itself, not about what is inside it. */
  private own(value: unknown, node: SchemaNode): void {
    if (value === null) {
      // Null list items are the only nulls that get here; the API server takes them for zero values or refuses them.
      if (!node.nullable && node.type !== 'any')
        this.report([], `is null, must be ${NAMES[node.type]}`, 'write a value');
      return;
    }
    if (!accepts(node, value)) {
      this.report([], `is ${this.describe(value)}, must be ${NAMES[node.type]}`, remedy(value, node, this.showValues));
      return;
    }
    switch (typeof value) {
      case 'string':
      case 'number':
      case 'bigint':
        this.scalar(value, node);
        break;
      case 'object':
        if (Array.isArray(value)) this.size(value.length, node, 'items');
        else this.fields(value as Record<string, unknown>, node);
        break;
      default:
    }
    if (node.enum && !node.enum.includes(value)) {
      const options = node.enum.map(String);
      const meant = typeof value === 'string' ? this.suggest(value, options) : undefined;
      this.report(
        [],
        `is ${this.show(value)}, must be one of ${options.join(', ')}`,
        meant ? `write ${meant}` : 'choose one of these',
      );
    }
    if (node.one ?? node.some ?? node.all ?? node.not !== undefined) this.junctors(value, node);
  }

  private scalar(value: string | number | bigint, node: SchemaNode): void {
    if (typeof value === 'string') {
      if (node.least !== undefined || node.most !== undefined) this.size(value.length, node, 'characters');
      if (node.type === 'quantity') this.quantity(value);
      if (node.pattern && !matchesPattern(value, node.pattern)) {
        this.report([], `is ${this.show(value)}, which does not match ${node.pattern}`, 'write it in that form');
      }
      if (node.format && !isFormat(value, node.format)) {
        this.report([], `is ${this.show(value)}, not a valid ${node.format}`, `write a ${node.format}`);
      }
      return;
    }
    const [least, most] = rangeOf(node);
    if (least !== undefined && value < least)
      this.report([], `is ${this.show(value)}, must be at least ${least}`, `write ${least} or more`);
    if (most !== undefined && value > most)
      this.report([], `is ${this.show(value)}, must be at most ${most}`, `write ${most} or less`);
  }

  private quantity(value: string): void {
    const fault = quantityFault(value);
    if (fault !== undefined) this.report([], `is ${fault}`, 'write a number with a unit, such as 500m, 2 or 512Mi');
  }

  private size(count: number, node: SchemaNode, of: string): void {
    if (node.least !== undefined && count < node.least) {
      this.report([], `has ${count} ${of}, needs at least ${node.least}`, 'add what is missing');
    }
    if (node.most !== undefined && count > node.most) {
      this.report([], `has ${count} ${of}, may have at most ${node.most}`, 'shorten it');
    }
  }

  private fields(value: Record<string, unknown>, node: SchemaNode): void {
    if (node.least !== undefined || node.most !== undefined) this.size(Object.keys(value).length, node, 'fields');
    if (node.type === 'object' && !node.open && node.values === undefined) {
      for (const key in value) {
        if (childOf(node, key) !== undefined || (node.embedded && EMBEDDED.has(key))) continue;
        const meant = this.suggest(key, Object.keys(node.props ?? {}));
        this.report(
          [key],
          'is not a known field',
          meant ? `did you mean "${meant}"?` : 'remove it, or check its place in the object',
        );
      }
    }
    for (const name of node.req ?? []) {
      if (value[name] === undefined || (value[name] === null && !this.takesNull(node, name))) {
        this.report([name], 'is missing and required', 'add it');
      }
    }
  }

  private takesNull(node: SchemaNode, name: string): boolean {
    const child = childOf(node, name);
    return child !== undefined && this.at(child).nullable === true;
  }

  private junctors(value: unknown, node: SchemaNode): void {
    const { one, some, all, not } = node;
    const fits = (index: number): boolean =>
      new SchemaWalk(this.nodes, () => undefined).check(value, index, index).length === 0;
    const branches = one ?? some ?? [];
    const known = branches.flatMap((index) => this.at(index).req ?? []);
    const which = known.length > 0 ? `of ${[...new Set(known)].join(', ')}` : 'of the forms that its schema allows';
    const fitting = branches.filter(fits).length;
    if (one && fitting !== 1) this.report([], `must have exactly one ${which}`, fitting === 0 ? 'add one' : 'keep one');
    if (!one && some && fitting === 0) this.report([], `must have at least one ${which}`, 'add one');
    if (all && !all.every(fits))
      this.report([], 'breaks a condition of its schema', 'read the documentation of this kind');
    if (not !== undefined && fits(not))
      this.report([], 'has a combination that its schema forbids', 'remove one of the fields');
  }

  private show(value: unknown): string {
    if (!this.showValues) return 'a value';
    return typeof value === 'string' ? JSON.stringify(value) : shown(value);
  }

  private describe(value: unknown): string {
    if (Array.isArray(value)) return 'a list';
    if (asRecord(value)) return 'a map';
    return typeof value === 'string' && this.showValues ? `the text ${this.show(value)}` : this.show(value);
  }

  private report(below: Keys, message: string, fix: string): void {
    const keys = [...this.keys, ...below];
    const id = `${JSON.stringify(keys)} ${message}`;
    const known = this.found.get(id);
    if (known) for (const version of this.versions) known.versions.add(version);
    else this.found.set(id, { problem: { keys, message, fix }, versions: new Set(this.versions) });
  }
}

function childOf(node: SchemaNode, key: string): number | undefined {
  if (node.props && Object.hasOwn(node.props, key)) return node.props[key];
  return node.values;
}

function accepts(node: SchemaNode, value: unknown): boolean {
  switch (node.type) {
    case 'any':
      return true;
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'array':
      return Array.isArray(value);
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return isWhole(value);
    case 'number':
      return isWhole(value) || Number.isFinite(value);
    case 'intOrString':
      return typeof value === 'string' || isWhole(value);
    case 'quantity':
      return typeof value === 'string' || isWhole(value) || Number.isFinite(value);
  }
}

function isWhole(value: unknown): boolean {
  return Number.isInteger(value) || typeof value === 'bigint';
}

function remedy(value: unknown, node: SchemaNode, showValue: boolean): string {
  if (!showValue) return node.type === 'string' ? 'put it in quotes' : `write ${NAMES[node.type]}`;
  if (node.type === 'string' && typeof value !== 'object') return `put it in quotes: "${shown(value)}"`;
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return `write it without quotes: ${value}`;
  if (node.type === 'array') return 'start each item with "- "';
  return `write ${NAMES[node.type]}`;
}
