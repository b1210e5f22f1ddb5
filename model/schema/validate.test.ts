import { SchemaCompiler, type RawSchema } from './compile';
import { nearest } from './nearest';
import { SchemaWalk } from './validate';

/** Messages for a value under a schema as a CRD writes it. */
function messages(schema: RawSchema, value: unknown, current = schema): readonly string[] {
  const compiler = new SchemaCompiler();
  const [a, b] = [schema, current].map((raw) => compiler.add(raw, { bareObjectIsOpen: false }));
  return new SchemaWalk(compiler.nodes, nearest)
    .check(value, a, b)
    .map(({ keys, message, versions }) => [...keys, message, ...(versions.length === 1 ? versions : [])].join(' '));
}

const object = (properties: RawSchema, more: RawSchema = {}): RawSchema => ({ type: 'object', properties, ...more });

test.each<[string, RawSchema, unknown, readonly string[]]>([
  ['an unknown field', object({ a: { type: 'string' } }), { b: 1 }, ['b is not a known field']],
  ['a field that is null', object({ a: { type: 'string' } }), { a: null }, []],
  [
    'a required field that is null',
    object({ a: { type: 'string' } }, { required: ['a'] }),
    { a: null },
    ['a is missing and required'],
  ],
  [
    'a nullable required field that is null',
    object({ a: { type: 'string', nullable: true } }, { required: ['a'] }),
    { a: null },
    [],
  ],
  ['unknown fields that are preserved', object({}, { 'x-kubernetes-preserve-unknown-fields': true }), { b: 1 }, []],
  ['a map of texts', { type: 'object', additionalProperties: { type: 'string' } }, { b: 1 }, ['b is 1, must be text']],
  ['a number as text', { type: 'integer' }, '3', ['is the text "3", must be a whole number']],
  ['a fraction as whole number', { type: 'integer' }, 1.5, ['is 1.5, must be a whole number']],
  ['a whole float', { type: 'integer' }, 3, []],
  ['a huge integer', { type: 'integer', format: 'int64' }, 9007199254740993n, []],
  [
    'an integer beyond its format',
    { type: 'integer', format: 'int32' },
    2147483648,
    ['is 2147483648, must be at most 2147483647'],
  ],
  ['infinity', { type: 'number' }, Number.POSITIVE_INFINITY, ['is Infinity, must be a number']],
  ['int-or-string with text', { 'x-kubernetes-int-or-string': true }, '25%', []],
  [
    'V14: int-or-string with a fraction',
    { 'x-kubernetes-int-or-string': true },
    0.2,
    ['is 0.2, must be a whole number or text'],
  ],
  ['an enum', { type: 'string', enum: ['Always', 'Never'] }, 'Allways', ['is "Allways", must be one of Always, Never']],
  ['a pattern', { type: 'string', pattern: '^a+$' }, 'b', ['is "b", which does not match ^a+$']],
  ['a pattern that only Go reads', { type: 'string', pattern: '(?i)^a(?P<x>b)$' }, 'c', []],
  ['a minimum', { type: 'integer', minimum: 1 }, 0, ['is 0, must be at least 1']],
  ['a minimum length', { type: 'string', minLength: 1 }, '', ['has 0 characters, needs at least 1']],
  [
    'a maximum of items',
    { type: 'array', items: { type: 'string' }, maxItems: 1 },
    ['a', 'b'],
    ['has 2 items, may have at most 1'],
  ],
  ['a date', { type: 'string', format: 'date-time' }, 'today', ['is "today", not a valid date-time']],
  ['base64', { type: 'string', format: 'byte' }, 'a', ['is "a", not a valid byte']],
  ['a list where a map belongs', object({}), [], ['is a list, must be a map']],
  ['null in a list', { type: 'array', items: { type: 'string' } }, [null], ['0 is null, must be text']],
  [
    'exactly one of two',
    object({ a: {}, b: {} }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }),
    { a: 1, b: 1 },
    ['must have exactly one of a, b'],
  ],
  ['not', object({ a: {} }, { not: { required: ['a'] } }), { a: 1 }, ['has a combination that its schema forbids']],
])('%s', (_, schema, value, expected) => {
  expect(messages(schema, value)).toEqual(expected);
});

test('a problem in one of two versions names it', () => {
  const [old, today] = [object({ a: {} }), object({ a: {}, b: {} })];
  expect(messages(old, { b: 1 }, today)).toEqual(['b is not a known field floor']);
  expect(messages(old, { c: 1 }, today)).toEqual(['c is not a known field']);
});

test('names of JavaScript objects are unknown fields like any other', () => {
  expect(messages(object({ a: {} }), JSON.parse('{"constructor": 1, "__proto__": 2}'))).toHaveLength(2);
});

test.each([
  ['contianers', 'containers'],
  ['imagepullpolicy', 'imagePullPolicy'],
  ['specX', 'spec'],
  ['foo', undefined],
])('%s is meant as %s', (unknown, known) => {
  expect(nearest(unknown, ['containers', 'imagePullPolicy', 'spec', 'template'])).toBe(known);
});
