import { findDuplicateKey, readPositions } from './positions';

const TEXT = `# a comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: web:1

          env:
          - name: A
            value: |
              two
              lines
          - {name: B, value: b}
        - name: side
          args: [one,
            two]
---
kind: Service
`;

const CONTAINERS = ['spec', 'template', 'spec', 'containers'];

test.each([
  [['kind'], 3],
  [['metadata', 'name'], 5],
  [CONTAINERS, 9],
  [[...CONTAINERS, 0], 10],
  [[...CONTAINERS, 0, 'image'], 11],
  [[...CONTAINERS, 0, 'env', 0, 'value'], 15],
  [[...CONTAINERS, 0, 'env', 1, 'value'], 18],
  [[...CONTAINERS, 1], 19],
  [[...CONTAINERS, 1, 'args', 1], 21],
])('%j is on line %i', (keys, line) => {
  expect(readPositions(TEXT).lineOf(0, keys)).toBe(line);
});

test('a field that is not there is on the line of its nearest parent', () => {
  expect(readPositions(TEXT).lineOf(0, [...CONTAINERS, 1, 'securityContext', 'runAsUser'])).toBe(19);
  expect(readPositions(TEXT).lineOf(0, ['status'])).toBe(2);
});

test('documents are counted as they stand, empty ones too', () => {
  expect(readPositions(TEXT).lineOf(1, ['kind'])).toBe(23);
  expect(readPositions('---\n# empty\n---\nkind: A\n').lineOf(1, ['kind'])).toBe(4);
});

test('Windows line ends count as one', () => {
  expect(readPositions(TEXT.replaceAll('\n', '\r\n')).lineOf(1, ['kind'])).toBe(23);
});

test('lines of JSON', () => {
  expect(readPositions('{\n "a": {\n  "b": 1,\n  "c": [\n   2,\n   3\n  ]\n }\n}').lineOf(0, ['a', 'c', 1])).toBe(6);
});

test('a value that repeats its key is not taken for it', () => {
  expect(readPositions('a: b\nb: a\n').lineOf(0, ['b'])).toBe(2);
});

test('a key twice is found with both lines', () => {
  expect(findDuplicateKey('a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n')).toEqual({ key: 'c', lines: [3, 5] });
  expect(findDuplicateKey('a: 1\nb: 2\n')).toBeUndefined();
});
