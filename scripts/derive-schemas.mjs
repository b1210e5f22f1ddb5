// Writes schemas/kubernetes.json from the OpenAPI documents of two API servers and the CRDs of the operators:
//   node scripts/derive-schemas.mjs ../shared
// The sources are megabytes of repetition; the derived table holds every distinct schema once.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import yaml from 'js-yaml';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const shared = path.resolve(root, process.argv[2] ?? '../shared');
const versions = ['floor', 'current'];

// What a schema names as required although the API server takes an object without it.
const NOT_REALLY_REQUIRED = {
  'io.k8s.api.networking.v1.NetworkPolicySpec': ['podSelector'],
  'io.k8s.api.apps.v1.StatefulSetSpec': ['serviceName'],
};

const KEPT = new Set([
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-int-or-string',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-patch-merge-key',
]);

const { SchemaCompiler } = await loadCompiler();
const openapi = {};
const crds = {};
for (const version of versions) {
  openapi[version] = JSON.parse(await readFile(path.join(shared, 'openapi', `${version}.json`), 'utf8'));
  for (const [name, fields] of Object.entries(NOT_REALLY_REQUIRED)) {
    const schema = openapi[version].schemas[name];
    schema.required = schema.required?.filter((field) => !fields.includes(field));
  }
  crds[version] = await readCrds(path.join(shared, 'crds', version));
}

// The older release's document leaves out most of what its validation requires all the same: take it from the newer.
for (const [name, schema] of Object.entries(openapi.floor.schemas)) {
  const required = openapi.current.schemas[name]?.required?.filter((field) => schema.properties?.[field]) ?? [];
  if (required.length > 0) schema.required = [...new Set([...(schema.required ?? []), ...required])].sort();
  openapi.current.schemas[name]?.required?.sort();
}

const compiler = new SchemaCompiler();
const kinds = {};
const classes = equivalenceClasses();
const indices = new Map();
for (const id of new Set(classes.values())) indices.set(id, compiler.reserve());
for (const version of versions) {
  for (const [name, schema] of Object.entries(openapi[version].schemas)) {
    compiler.define(nodeOf(version, name), schema, {
      reference: (ref) => nodeOf(version, ref),
      bareObjectIsOpen: true,
    });
  }
}
const objectMeta = nodeOf('current', 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
for (const version of versions) {
  const served = new Map(openapi[version].served.map((kind) => [key(kind), kind]));
  for (const [name, schema] of Object.entries(openapi[version].schemas)) {
    for (const gvk of schema['x-kubernetes-group-version-kind'] ?? []) {
      const kind = served.get(key(gvk));
      if (kind) put(key(gvk), version, nodeOf(version, name), kind.namespaced);
    }
  }
  for (const crd of crds[version]) {
    const { group, names, scope } = crd.spec;
    for (const { name, schema, served: isServed } of crd.spec.versions) {
      if (isServed === false) continue;
      const raw = schema.openAPIV3Schema;
      const index = compiler.add(
        {
          ...raw,
          properties: {
            ...raw.properties,
            metadata: { $ref: '#/metadata' },
            apiVersion: { type: 'string' },
            kind: { type: 'string' },
          },
        },
        { reference: () => objectMeta, bareObjectIsOpen: false },
      );
      put(key({ group, version: name, kind: names.kind }), version, index, scope === 'Namespaced');
    }
  }
}

const file = {
  versions: { floor: openapi.floor.kubernetes, current: openapi.current.kubernetes },
  objectMeta,
  kinds: Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1))),
};
const lines = [...compiler.nodes].map((node) => JSON.stringify(node)).join(',\n');
const text = `${JSON.stringify(file).slice(0, -1)},"nodes":[\n${lines}\n]}\n`;
await writeFile(path.join(root, 'schemas', 'kubernetes.json'), text);
console.log(
  `${Object.keys(kinds).length} kinds, ${compiler.nodes.length} schemas, ${Math.round(text.length / 1024)} KiB`,
);

// A map of properties holds schemas only; a schema holds a string, a list or a boolean somewhere.
function isProperties(holder) {
  return Object.values(holder).every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
}

function isZero(value) {
  return value === '' || value === 0 || (typeof value === 'object' && value !== null);
}

function key({ group, version, kind }) {
  return `${group}/${version}/${kind}`;
}

function put(name, version, index, namespaced) {
  kinds[name] = { floor: null, current: null, ...kinds[name], [version]: index, namespaced };
}

function nodeOf(version, name) {
  return indices.get(classes.get(`${version} ${name}`));
}

// Two versions' schemas of one name are one class as long as their content, with references replaced by classes,
// is the same. It starts from "all of one name are alike" and splits until nothing changes.
function equivalenceClasses() {
  let found = new Map();
  for (const version of versions)
    for (const name of Object.keys(openapi[version].schemas)) found.set(`${version} ${name}`, name);
  for (;;) {
    const next = new Map();
    for (const version of versions) {
      for (const [name, schema] of Object.entries(openapi[version].schemas)) {
        const content = JSON.stringify(schema, function (field, value) {
          if (field.startsWith('x-kubernetes-') && !KEPT.has(field)) return undefined;
          // Zero values are defaults of Go, in the older document only; a property may be named "default" too.
          if (field === 'default' && !isProperties(this) && isZero(value)) return undefined;
          // Only the older release wraps a reference in allOf, to set a default beside it.
          if (value?.allOf?.length === 1 && value.allOf[0].$ref) return { $ref: value.allOf[0].$ref };
          if (field === '$ref' && typeof value === 'string')
            return found.get(`${version} ${value.slice(value.lastIndexOf('/') + 1)}`);
          return value;
        });
        next.set(`${version} ${name}`, `${name} ${content}`);
      }
    }
    const ids = [...new Set(next.values())].sort();
    const numbered = new Map(
      [...next].map(([member, content]) => [member, `${member.split(' ')[1]} ${ids.indexOf(content)}`]),
    );
    if (new Set(numbered.values()).size === new Set(found.values()).size) return numbered;
    found = numbered;
  }
}

async function readCrds(folder) {
  const files = (await readdir(folder)).sort();
  const documents = await Promise.all(
    files.map(async (name) => yaml.loadAll(await readFile(path.join(folder, name), 'utf8'))),
  );
  return documents.flat().filter((document) => document?.kind === 'CustomResourceDefinition');
}

async function loadCompiler() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['model/schema/compile.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}
