import yaml from 'js-yaml';
import { kubernetesYaml, resolveScalar } from './scalars';

/** What `YAMLToJSON` of sigs.k8s.io/yaml v1.6.0, which kubectl uses, answers to `a: <text>`. */
const KUBECTL: readonly (readonly [string, unknown])[] = [
  ['y', true],
  ['n', false],
  ['on', true],
  ['OFF', false],
  ['yes', true],
  ['NO', false],
  ['yEs', 'yEs'],
  ['True', true],
  ['~', null],
  ['Null', null],
  ['0644', 420],
  ['0o644', 420],
  ['-0644', -420],
  ['0777_7', 4095],
  ['08', 8],
  ['0o8', '0o8'],
  ['1_000', 1000],
  ['_1', '_1'],
  ['0x1F', 31],
  ['0X1f', 31],
  ['-0x1F', -31],
  ['0b11', 3],
  ['0x', '0x'],
  ['1e3', 1000],
  ['1.5e3', 1500],
  ['680841e1', 6808410],
  ['72225e2', 7222500],
  ['1e400', '1e400'],
  ['1e', '1e'],
  ['.5', 0.5],
  ['+.5', 0.5],
  ['1.', 1],
  ['1.10', 1.1],
  ['+12', 12],
  ['12:30:45', '12:30:45'],
  ['2001-12-14', '2001-12-14'],
  ['2001-12-14T21:59:43.10-05:00', '2001-12-14T21:59:43.10-05:00'],
  ['=', '='],
  ['.', '.'],
  ['1,000', '1,000'],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', 9007199254740993n],
  ['18446744073709551615', 18446744073709551615n],
  ['18446744073709551616', 18446744073709551616],
  ['!!str 12', '12'],
  ['!!int "12"', 12],
  ['!!bool yes', true],
  ['!!binary aGk=', 'hi'],
  ['!foo bar', 'bar'],
  ['"yes"', 'yes'],
  ["'0644'", '0644'],
];

test.each(KUBECTL)('%s is read as kubectl reads it', (text, value) => {
  expect(yaml.load(`a: ${text}`, { schema: kubernetesYaml })).toEqual({ a: value });
});

test.each([
  ['y: 1', { true: 1 }],
  ['on: 1', { true: 1 }],
  ['0644: 1', { '420': 1 }],
  ['<<: {b: 1}', { b: 1 }],
  ['"<<": {b: 1}', { '<<': { b: 1 } }],
])('the key of %s is text, resolved first', (text, value) => {
  expect(yaml.load(text, { schema: kubernetesYaml })).toEqual(value);
});

test('infinity is a number that JSON, and so the API server, can not take', () => {
  expect(resolveScalar('.inf')).toBe(Number.POSITIVE_INFINITY);
});
