import fc from 'fast-check';
import { stringify } from 'yaml';
import { ManifestSyntaxError, parseDocuments } from './parse';

function fault(text: string): ManifestSyntaxError {
  try {
    parseDocuments(text);
  } catch (error) {
    if (error instanceof ManifestSyntaxError) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('documents', () => {
  test('D11: empty and comment-only documents are null, whatever stands between the separators', () => {
    expect(parseDocuments('---\n\n---\n# only a comment\n---\na: 1\n').filter((one) => one !== null)).toEqual([
      { a: 1 },
    ]);
    expect(parseDocuments('---\n')).toEqual([null]);
    expect(parseDocuments('')).toEqual([]);
    expect(parseDocuments('# nothing\n').filter((one) => one !== null)).toEqual([]);
  });

  test('D10: a separator inside a block scalar is text', () => {
    expect(parseDocuments('a: |\n  ---\n  -----BEGIN CERTIFICATE-----\nb: 1\n')).toEqual([
      { a: '---\n-----BEGIN CERTIFICATE-----\n', b: 1 },
    ]);
  });

  test('D21: Windows line ends and a byte order mark change nothing', () => {
    const text = 'a: |\n  one\n  two\nb:\n  - c\n---\nd: 1\n';
    expect(parseDocuments(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual(parseDocuments(text));
  });

  test('anchors and merge keys are expanded, and own keys win', () => {
    expect(parseDocuments('a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, x: 3}\n'.replaceAll('y: 2', '"y": 2'))).toEqual([
      { a: { x: 1, y: 2 }, b: { x: 1, y: 2 }, c: { x: 3, y: 2 } },
    ]);
  });

  test('JSON is read too', () => {
    expect(parseDocuments('{\n\t"a": "\\u00e9\\/",\n\t"b": [1, 2.5, null]\n}\n')).toEqual([
      { a: 'é/', b: [1, 2.5, null] },
    ]);
  });
});

describe('faults', () => {
  test('D19: a key that stands twice is an error with both lines', () => {
    const error = fault('metadata:\n  labels:\n    app: a\n    tier: b\n    app: c\n');
    expect(error.message).toBe('has the key "app" twice in one map, on lines 3 and 5');
    expect(error.line).toBe(5);
  });

  test('the same key in two maps is none', () => {
    expect(parseDocuments('a: {name: x}\nb: {name: z}\n')).toEqual([{ a: { name: 'x' }, b: { name: 'z' } }]);
  });

  test('a tab is an error with its line', () => {
    const error = fault('a:\n  b: 1\n\tc: 2\n');
    expect(error.line).toBe(3);
    expect(error.fix).toBe('indent with spaces, YAML does not allow tabs there');
  });

  test('an open bracket is an error', () => {
    expect(fault('a: [1, 2\n').message).toMatch(/^is not valid YAML/);
  });

  test('a fault at the end is on the last line that has text', () => {
    expect(fault('a: 1\nb: "open\n').line).toBe(2);
  });

  test('a template says that it is one', () => {
    expect(fault('a: {{ .Values.a }}\nb: {{ .Values.b }\n').fix).toMatch(/helm template/);
  });

  test('no line of the file is in the message', () => {
    const { message, fix } = fault('kind: Secret\nstringData:\n  password: "hunter2\n');
    expect(message + fix).not.toContain('hunter2');
  });

  test('an alias that contains itself is an error', () => {
    expect(fault('a: &a\n  - *a\n').message).toBe('has an alias that contains itself');
  });

  test('a few lines that expand to billions of values are an error, and fast', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1) {
      lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
    }
    expect(fault(lines.join('\n')).message).toMatch(/expand to more than/);
  });

  test('nesting without end is an error', () => {
    expect(fault('['.repeat(50_000))).toBeInstanceOf(ManifestSyntaxError);
  });
});

describe('for every text', () => {
  const pieces = fc.constantFrom(
    'a',
    ': ',
    '\n',
    '  ',
    '- ',
    '---\n',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '<<: ',
    '|\n',
    '>-\n',
    '"',
    "'",
    '#',
    '\t',
    '? ',
    '!!int ',
    '\r\n',
    '%',
    '@',
    'é',
    '\u2028',
  );

  test('it is read or refused with a line of the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            parseDocuments(text);
          } catch (error) {
            expect(error).toBeInstanceOf(ManifestSyntaxError);
            expect((error as ManifestSyntaxError).line).toBeGreaterThanOrEqual(1);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('what another library writes for a value is read as that value, as YAML and as JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
        // Integers that a number can not hold exactly come as bigints, and are compared as such elsewhere.
        const plain: unknown = JSON.parse(JSON.stringify(value), (_, one: unknown) =>
          Number.isInteger(one) && !Number.isSafeInteger(one) ? 0 : one,
        );
        const quoted = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' } as const;
        expect(parseDocuments(stringify(plain, quoted))).toEqual([plain]);
        expect(parseDocuments(JSON.stringify(plain))).toEqual([plain]);
      }),
      { numRuns: 300 },
    );
  });
});
