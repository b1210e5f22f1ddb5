import { groupOf, type KubeObject } from '../model/kube-object';
import type { SchemaSet } from '../model/schema/load';
import { nearest } from '../model/schema/nearest';
import type { KindSchema, KubernetesVersion } from '../model/schema/types';
import { SchemaWalk, type SchemaProblem } from '../model/schema/validate';
import { checkApiVersion } from './api-versions';
import type { RawFinding } from './finding';

/** Which Kubernetes versions manifests are checked against. */
export type Target = KubernetesVersion | 'both';

/** The schema layer: every field of every object known and well typed, for the versions asked for. */
export class SchemaCheck {
  private walk: SchemaWalk;
  private readonly unknown = new Map<string, { apiVersion: string; kind: string; count: number }>();

  constructor(
    private readonly schemas: SchemaSet,
    private readonly target: Target,
  ) {
    this.walk = new SchemaWalk(schemas.nodes, nearest);
  }

  /** To be called when CRDs of the tree were added: they extend the table of nodes. */
  refresh(): void {
    this.walk = new SchemaWalk(this.schemas.nodes, nearest);
  }

  /** Kinds without a schema, with the number of their objects, sorted. */
  get unknownKinds(): readonly { readonly apiVersion: string; readonly kind: string; readonly count: number }[] {
    return [...this.unknown.keys()].sort().flatMap((key) => this.unknown.get(key) ?? []);
  }

  check(object: KubeObject): readonly RawFinding[] {
    const { apiVersion, kind } = object;
    const schema = this.schemas.find(apiVersion, kind);
    const versions = checkApiVersion(object, schema, this.schemas, this.target);
    if (!schema) {
      // A removed or misspelt API version has its own finding and is no unknown kind.
      if (versions.length === 0) this.count(apiVersion, kind);
      return versions;
    }
    this.walk.showValues = kind !== 'Secret';
    const problems = this.walk.check(object, this.nodeOf(schema, 'floor'), this.nodeOf(schema, 'current'));
    if (problems.length === 0) return versions;
    return [...versions, ...problems.map((problem) => this.finding(problem, schema))];
  }

  private nodeOf(schema: KindSchema, version: KubernetesVersion): number | undefined {
    return this.target === 'both' || this.target === version ? (schema[version] ?? undefined) : undefined;
  }

  private finding({ keys, message, fix, versions }: SchemaProblem, schema: KindSchema): RawFinding {
    const isPartial =
      this.target === 'both' && versions.length === 1 && schema.floor !== null && schema.current !== null;
    const only = isPartial ? versions[0] : undefined;
    const where = only === undefined ? '' : ` on ${this.describe(only)}`;
    // A cluster of today takes it: whoever has no older one need not care.
    const severity = only === 'floor' ? 'warning' : 'error';
    return { rule: 'schema', severity, keys, message: message + where, fix };
  }

  private describe(version: KubernetesVersion): string {
    return `Kubernetes ${this.schemas.versions[version].replace(/^v(\d+\.\d+).*/, '$1')} and its operators (${version})`;
  }

  private count(apiVersion: string, kind: string): void {
    const key = `${groupOf(apiVersion)}/${kind} ${apiVersion}`;
    const known = this.unknown.get(key);
    if (known) known.count += 1;
    else this.unknown.set(key, { apiVersion, kind, count: 1 });
  }
}
