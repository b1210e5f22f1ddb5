import { readObjects } from './objects';
import { parseDocuments } from './parse';

const read = (text: string, file?: string): ReturnType<typeof readObjects> => readObjects(parseDocuments(text), file);

test('an object has apiVersion, kind and a name', () => {
  const { objects, broken, skipped } = read('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n');
  expect(objects.map(({ object }) => object.metadata.name)).toEqual(['a']);
  expect([broken.length, skipped]).toEqual([0, 0]);
});

test('generateName is a name too', () => {
  expect(read('apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}\n').objects).toHaveLength(1);
});

test.each([
  ['kind: Pod\nmetadata: {name: a}\n', 'has kind Pod and no apiVersion'],
  ['apiVersion: v1\nmetadata: {name: a}\n', 'has apiVersion v1 and no kind'],
  ['apiVersion: v1\nkind: Pod\n', 'has kind Pod and no metadata'],
  ['apiVersion: v1\nkind: Pod\nmetadata: {labels: {}}\n', 'has kind Pod and no name'],
  ['apiVersion: 1\nkind: Pod\nmetadata: {name: a}\n', 'has an apiVersion or a kind that is not text'],
])('%j is broken', (text, message) => {
  const { objects, broken } = read(text);
  expect(objects).toEqual([]);
  expect(broken.map((one) => one.message)).toEqual([message]);
});

test.each([
  ['values of a chart', 'replicas: 3\n', 'values.yaml'],
  ['a chart', 'apiVersion: v2\nname: web\nversion: 1.0.0\n', 'web/Chart.yaml'],
  ['a kustomization', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n', 'kustomization.yaml'],
  ['a kubeconfig', 'apiVersion: v1\nkind: Config\nclusters: []\n', 'config.yaml'],
  ['a list', '- a\n- b\n', 'list.yaml'],
])('%s is skipped and counted', (_, text, file) => {
  expect(read(text, file)).toEqual({ objects: [], broken: [], skipped: 1 });
});

test('a List is opened, and a List in it; items know where they stand', () => {
  const text =
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n- apiVersion: v1\n  kind: list\n  items: [{apiVersion: v1, kind: Pod, metadata: {name: b}}]\n';
  expect(read(text).objects.map(({ object, keys }) => [object.metadata.name, keys])).toEqual([
    ['a', ['items', 0]],
    ['b', ['items', 1, 'items', 0]],
  ]);
});

test('items of a typed list inherit its kind', () => {
  const { objects } = read('apiVersion: apps/v1\nkind: DeploymentList\nitems: [{metadata: {name: a}}]\n');
  expect(objects.map(({ object }) => [object.apiVersion, object.kind])).toEqual([['apps/v1', 'Deployment']]);
});

test('V22: a stream of many documents is many objects', () => {
  const one = (name: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`;
  expect(read(['a', 'b', 'c'].map(one).join('---\n')).objects).toHaveLength(3);
});
