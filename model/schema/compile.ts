import type { SchemaNode } from './types';

/** A JSON schema as the API server or a CustomResourceDefinition writes it. */
export type RawSchema = Readonly<Record<string, unknown>>;

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

interface CompileOptions {
  /** Node of a `$ref`, by the schema's name. */
  readonly reference?: (name: string) => number;
  /** Built-in types write "any object" as `type: object`; in a CRD the same means "no field is known". */
  readonly bareObjectIsOpen: boolean;
}

/** Turns JSON schemas into the node table; equal schemas become one node. */
export class SchemaCompiler {
  readonly nodes: SchemaNode[];
  private readonly byContent = new Map<string, number>();

  constructor(nodes: readonly SchemaNode[] = []) {
    this.nodes = [...nodes];
  }

  /** Reserves a node for a schema that may refer to itself; {@link define} fills it. */
  reserve(): number {
    return this.nodes.push({ type: 'any' }) - 1;
  }

  define(index: number, schema: RawSchema, options: CompileOptions): void {
    this.nodes[index] = this.translate(schema, options);
  }

  add(schema: RawSchema, options: CompileOptions): number {
    const reference = referenceOf(schema);
    if (reference !== undefined && options.reference) {
      return reference === QUANTITY ? this.intern({ type: 'quantity' }) : options.reference(reference);
    }
    return this.intern(this.translate(schema, options));
  }

  private intern(node: SchemaNode): number {
    const content = JSON.stringify(node);
    const known = this.byContent.get(content);
    if (known !== undefined) return known;
    const index = this.nodes.push(node) - 1;
    this.byContent.set(content, index);
    return index;
  }

  private translate(schema: RawSchema, options: CompileOptions): SchemaNode {
    const branches = this.branches(schema, options);
    const props = record(schema.properties);
    const values = schema.additionalProperties;
    const isIntOrString = schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string';
    const type = isIntOrString ? 'intOrString' : typeOf(schema);
    const isBare = props === undefined && values === undefined;
    const open =
      schema['x-kubernetes-preserve-unknown-fields'] === true ||
      values === true ||
      (type === 'object' && isBare && options.bareObjectIsOpen);
    return {
      type,
      ...(props && { props: this.each(props, options) }),
      ...(list(schema.required) && { req: list(schema.required) as string[] }),
      ...(record(schema.items) && { items: this.add(record(schema.items) ?? {}, options) }),
      ...(record(values) && { values: this.add(record(values) ?? {}, options) }),
      ...(list(schema.enum) && { enum: list(schema.enum) ?? [] }),
      ...(typeof schema.format === 'string' && !isIntOrString && { format: schema.format }),
      ...(typeof schema.minimum === 'number' && { min: schema.minimum }),
      ...(typeof schema.maximum === 'number' && { max: schema.maximum }),
      ...(typeof schema.pattern === 'string' && { pattern: schema.pattern }),
      ...bound('least', schema.minLength ?? schema.minItems ?? schema.minProperties),
      ...bound('most', schema.maxLength ?? schema.maxItems ?? schema.maxProperties),
      ...(schema.nullable === true && { nullable: true as const }),
      ...(open && { open: true as const }),
      ...(schema['x-kubernetes-embedded-resource'] === true && { embedded: true as const }),
      ...identity(schema),
      ...filledIn(schema),
      ...(isIntOrString ? {} : branches),
    };
  }

  private each(props: RawSchema, options: CompileOptions): Record<string, number> {
    const entries = Object.keys(props)
      .sort()
      .map((name) => [name, this.add(record(props[name]) ?? {}, options)] as const);
    return Object.fromEntries(entries);
  }

  /** Junctors only add conditions in a structural schema, so that unknown fields are not their business. */
  private branches(schema: RawSchema, options: CompileOptions): Partial<SchemaNode> {
    const inner = { ...options, bareObjectIsOpen: true };
    const compile = (raw: unknown): number =>
      this.add({ 'x-kubernetes-preserve-unknown-fields': true, ...record(raw) }, inner);
    const one = list(schema.oneOf)?.map(compile);
    const some = list(schema.anyOf)?.map(compile);
    const all = list(schema.allOf)?.map(compile);
    return {
      ...(one && { one }),
      ...(some && { some }),
      ...(all && { all }),
      ...(schema.not !== undefined && { not: compile(schema.not) }),
    };
  }
}

/** How the items of a list are told apart. */
function identity(schema: RawSchema): Pick<SchemaNode, 'keys' | 'set'> {
  const mergeKey = schema['x-kubernetes-patch-merge-key'];
  const keys = list(schema['x-kubernetes-list-map-keys']) ?? (typeof mergeKey === 'string' ? [mergeKey] : undefined);
  if (keys) return { keys: keys as string[] };
  return schema['x-kubernetes-list-type'] === 'set' ? { set: true } : {};
}

/** Defaults that say something: the document of the API server also has the zero value of every Go type. */
function filledIn({ default: value }: RawSchema): Pick<SchemaNode, 'default'> {
  const isTelling = (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0);
  return isTelling || typeof value === 'boolean' ? { default: value } : {};
}

/** The name behind `$ref`, also where the API server wraps it in `allOf` to set a default beside it. */
function referenceOf(schema: RawSchema): string | undefined {
  const wrapped = list(schema.allOf);
  const target = wrapped?.length === 1 ? record(wrapped[0])?.$ref : schema.$ref;
  return typeof target === 'string' ? target.slice(target.lastIndexOf('/') + 1) : undefined;
}

function typeOf(schema: RawSchema): SchemaNode['type'] {
  switch (schema.type) {
    case 'object':
    case 'array':
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return schema.type;
    default:
      return schema.properties === undefined ? 'any' : 'object';
  }
}

function bound<Name extends string>(name: Name, value: unknown): Partial<Record<Name, number>> {
  return typeof value === 'number' ? ({ [name]: value } as Partial<Record<Name, number>>) : {};
}

function record(value: unknown): RawSchema | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RawSchema) : undefined;
}

function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
