import yaml from 'js-yaml';

/**
 * Plain scalars as the API server's YAML parser reads them: YAML 1.1 as go-yaml understands it. So `on`, `y` and
 * `NO` are booleans, `0644` and `0o644` are 420, while `12:30:45`, dates and `=` stay text. The table in
 * scalars.test.ts was taken from `sigs.k8s.io/yaml`, which kubectl uses.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go
 */

const WORDS = new Map<string, boolean | null | number>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) WORDS.set(word, true);
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) WORDS.set(word, false);
for (const word of ['', '~', 'null', 'Null', 'NULL']) WORDS.set(word, null);
for (const word of ['.nan', '.NaN', '.NAN']) WORDS.set(word, Number.NaN);
for (const word of ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']) WORDS.set(word, Number.POSITIVE_INFINITY);
for (const word of ['-.inf', '-.Inf', '-.INF']) WORDS.set(word, Number.NEGATIVE_INFINITY);

const LONGEST_WORD = 5;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))$/;
const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);

/**
 * The value of a plain scalar. An integer that a JavaScript number can't hold exactly is a bigint, so that no
 * digit is lost; text is returned as it is.
 */
export function resolveScalar(text: string): string | number | bigint | boolean | null {
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  return startsNumber(text) ? resolveNumber(text) : text;
}

/** True for a first character that only a number can have; most scalars are text and stop here. */
function startsNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
}

function resolveNumber(text: string): string | number | bigint {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const integer = INTEGER.exec(plain);
  if (integer) {
    const [, sign, hex, binary, octal, oldOctal, decimal] = integer;
    const digits =
      hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : `0o${octal ?? oldOctal ?? ''}`;
    const value = (sign === '-' ? -1n : 1n) * BigInt(decimal ?? digits);
    // Beyond 64 bits go-yaml reads a decimal number as a float.
    if (value >= MIN_INT64 && value <= MAX_UINT64) return exact(value);
  }
  if (FLOAT.test(plain)) {
    const value = Number(plain);
    if (Number.isFinite(value)) return value;
  }
  return text;
}

function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** One implicit type for all plain scalars: js-yaml asks every implicit type in turn, which costs more than parsing. */
const plain = new yaml.Type('tag:aia.io,2026:plain', {
  kind: 'scalar',
  resolve: (text: string) => typeof resolveScalar(text) !== 'string',
  construct: resolveScalar,
});

const merge = new yaml.Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text) => text === '<<' });

function explicit(tag: string, accepts: (value: unknown) => boolean): yaml.Type {
  return new yaml.Type(`tag:yaml.org,2002:${tag}`, {
    kind: 'scalar',
    resolve: (text: string | null) => accepts(resolveScalar(text ?? '')),
    construct: (text: string | null) => resolveScalar(text ?? ''),
  });
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';

/** An application's own tag (`!foo`) is ignored by kubectl, the value under it is read. */
function foreign(kind: 'scalar' | 'sequence' | 'mapping'): yaml.Type {
  return new yaml.Type('!', { kind, multi: true, resolve: () => true, construct: (value: unknown) => value });
}

/** The schema that makes js-yaml resolve scalars and tags as kubectl does. */
export const kubernetesYaml = yaml.FAILSAFE_SCHEMA.extend({
  implicit: [plain, merge],
  explicit: [
    explicit('bool', (value) => typeof value === 'boolean'),
    explicit('int', isNumber),
    explicit('float', isNumber),
    explicit('null', (value) => value === null),
    new yaml.Type('tag:yaml.org,2002:timestamp', { kind: 'scalar', construct: (text: string) => text }),
    new yaml.Type('tag:yaml.org,2002:binary', {
      kind: 'scalar',
      construct: (text: string) => Buffer.from(text, 'base64').toString('utf8'),
    }),
    foreign('scalar'),
    foreign('sequence'),
    foreign('mapping'),
  ],
});
