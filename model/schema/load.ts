import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KubeObject } from '../kube-object';
import { asList, asRecord, textAt } from '../manifest/access';
import { SchemaCompiler } from './compile';
import type { KindSchema, SchemaFile, SchemaNode } from './types';

const FILE = path.join('schemas', 'kubernetes.json');

/** Schemas by kind: those that come with the program, and those of the CRDs found in the tree that is checked. */
export class SchemaSet {
  private readonly kinds: Map<string, KindSchema>;
  private compiler: SchemaCompiler | undefined;
  private table: readonly SchemaNode[];

  constructor(private readonly file: SchemaFile) {
    this.kinds = new Map(Object.entries(file.kinds));
    this.table = file.nodes;
  }

  get nodes(): readonly SchemaNode[] {
    return this.table;
  }

  /** Kubernetes releases behind `floor` and `current`. */
  get versions(): SchemaFile['versions'] {
    return this.file.versions;
  }

  /** The schema of a kind, or undefined where none is known. */
  find(apiVersion: string, kind: string): KindSchema | undefined {
    return this.kinds.get(keyOf(apiVersion, kind));
  }

  /** Every kind in any version of the group, such as `v1` and `v1beta1` of `cert-manager.io/Certificate`. */
  versionsOf(group: string, kind: string): readonly string[] {
    return [...this.kinds.keys()].filter((key) => key.startsWith(`${group}/`) && key.endsWith(`/${kind}`));
  }

  /** Names of all kinds. */
  kindNames(): readonly string[] {
    return [...new Set([...this.kinds.keys()].map((key) => key.slice(key.lastIndexOf('/') + 1)))];
  }

  /** API versions that have a kind of that name, in any group. */
  groupsOf(kind: string): readonly string[] {
    const keys = [...this.kinds.keys()].filter((key) => key.endsWith(`/${kind}`));
    return keys.map((key) => key.slice(0, key.lastIndexOf('/')).replace(/^\//, ''));
  }

  /** Takes the kinds of a CustomResourceDefinition in; a malformed one is left to the schema of CRDs to report. */
  addDefinition(definition: KubeObject): void {
    const spec = asRecord(definition.spec);
    const group = textAt(spec, 'group');
    const kind = textAt(spec, 'names', 'kind');
    if (group === undefined || kind === undefined) return;
    this.compiler ??= new SchemaCompiler(this.table);
    for (const version of asList(spec?.versions)) {
      const name = textAt(version, 'name');
      const raw = asRecord(asRecord(asRecord(version)?.schema)?.openAPIV3Schema);
      if (name === undefined || raw === undefined || asRecord(version)?.served === false) continue;
      const properties = {
        ...asRecord(raw.properties),
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { $ref: 'metadata' },
      };
      const node = this.compiler.add(
        { ...raw, properties },
        { reference: () => this.file.objectMeta, bareObjectIsOpen: false },
      );
      const key = `${group}/${name}/${kind}`;
      this.kinds.set(key, { floor: node, current: node, namespaced: textAt(spec, 'scope') !== 'Cluster' });
    }
    this.table = this.compiler.nodes;
  }
}

/** Reads the schemas that come with the program, from beside the bundle or the sources. */
export function loadSchemas(): SchemaSet {
  file ??= JSON.parse(readFileSync(schemaPath(), 'utf8')) as SchemaFile;
  return new SchemaSet(file);
}

/** Read once: a set adds definitions to its own tables, never to the file's. */
let file: SchemaFile | undefined;

/** The bundle lies in build/, the sources two folders deep: the first parent that has the file is the root. */
function schemaPath(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, FILE))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`${FILE} is missing: the installation is not complete.`);
    folder = parent;
  }
  return path.join(folder, FILE);
}

function keyOf(apiVersion: string, kind: string): string {
  return apiVersion.includes('/') ? `${apiVersion}/${kind}` : `/${apiVersion}/${kind}`;
}
