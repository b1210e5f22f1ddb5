import fc from 'fast-check';
import {
  canonicalQuantity,
  fromBytes,
  fromMillicores,
  parseQuantity,
  QuantityError,
  toMillicores,
  toUnits,
} from './quantity';

/**
 * Canonical forms as the API server's own documentation and tests state them.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
test.each([
  // "1.5 will be serialized as 1500m", "1.5Gi will be serialized as 1536Mi".
  ['1.5', '1500m'],
  ['1.5Gi', '1536Mi'],
  ['1000m', '1'],
  ['0.5', '500m'],
  ['1024Mi', '1Gi'],
  ['3072Mi', '3Gi'],
  ['1000M', '1G'],
  ['1000Mi', '1000Mi'],
  ['1k', '1k'],
  ['1e3', '1e3'],
  ['1E3', '1e3'],
  ['12e6', '12e6'],
  // A single E is the suffix of 10^18, not an exponent.
  ['1E', '1E'],
  ['1Ki', '1Ki'],
  ['1024', '1024'],
  ['0', '0'],
  ['0m', '0'],
  ['-0', '0'],
  ['-1500m', '-1500m'],
  ['+1', '1'],
  ['.5', '500m'],
  ['1.', '1'],
  ['0.1', '100m'],
  // Finer than a nano-unit is rounded away from zero.
  ['0.1n', '1n'],
  ['1n', '1n'],
  ['100u', '100u'],
  // Beyond 2^63-1 the value is capped.
  ['9999999999999999999999', '9223372036854775807'],
])('%s is written as %s', (text, canonical) => {
  expect(canonicalQuantity(parseQuantity(text))).toBe(canonical);
});

test.each(['', ' ', '1 Gi', '10mb', '1.2.3', '1ki', '1K', 'Gi', '--1', '1e', '0x10', '1_000', '1,5', 'NaN', '1Mib'])(
  '"%s" is refused with a hint',
  (text) => {
    expect(() => parseQuantity(text)).toThrow(QuantityError);
  },
);

describe('review table C', () => {
  test('C10: 0.1 and 100m, 128974848 and 123Mi are the same amounts', () => {
    expect(parseQuantity('0.1').nanos).toBe(parseQuantity('100m').nanos);
    expect(parseQuantity('128974848').nanos).toBe(parseQuantity('123Mi').nanos);
  });

  test('C10: ten times 0.1 is exactly 1', () => {
    const sum = Array.from({ length: 10 }, () => parseQuantity('0.1').nanos).reduce((total, one) => total + one, 0n);
    expect(canonicalQuantity({ nanos: sum, format: 'DecimalSI' })).toBe('1');
  });

  test('D2: 1000M and 1G are one amount, 1000M and 1000Mi are two', () => {
    expect(parseQuantity('1000M').nanos).toBe(parseQuantity('1G').nanos);
    expect(parseQuantity('1000M').nanos).not.toBe(parseQuantity('1000Mi').nanos);
  });
});

const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'e-3', 'E2');
const quantity = fc
  .tuple(fc.constantFrom('', '-', '+'), fc.nat({ max: 999_999 }), fc.option(fc.nat({ max: 999 })), suffix)
  .map(([sign, whole, fraction, unit]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${unit}`);

describe('for every quantity', () => {
  test('the canonical form has the same value and format', () => {
    fc.assert(
      fc.property(quantity, (text) => {
        const parsed = parseQuantity(text);
        expect(parseQuantity(canonicalQuantity(parsed)).nanos).toBe(parsed.nanos);
      }),
    );
  });

  test('the canonical form is its own canonical form', () => {
    fc.assert(
      fc.property(quantity, (text) => {
        const canonical = canonicalQuantity(parseQuantity(text));
        expect(canonicalQuantity(parseQuantity(canonical))).toBe(canonical);
      }),
    );
  });

  test('more of the same unit is more', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), fc.integer({ min: 1, max: 1000 }), suffix, (number, more, unit) => {
        const [less, greater] = [
          parseQuantity(`${number}${unit}`).nanos,
          parseQuantity(`${number + more}${unit}`).nanos,
        ];
        expect(greater >= less).toBe(true);
      }),
    );
  });

  test('a sign turns the value round', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), suffix, (number, unit) => {
        expect(parseQuantity(`-${number}${unit}`).nanos).toBe(-parseQuantity(`${number}${unit}`).nanos);
      }),
    );
  });

  test('millicores and bytes survive a round trip', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (amount) => {
        expect(toMillicores(parseQuantity(canonicalQuantity(fromMillicores(amount))))).toBe(amount);
        expect(toUnits(parseQuantity(canonicalQuantity(fromBytes(amount))))).toBe(amount);
      }),
    );
  });
});

test('any text is read or refused, and never takes long', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseQuantity(text);
      } catch (error) {
        expect(error).toBeInstanceOf(QuantityError);
      }
    }),
  );
  expect(canonicalQuantity(parseQuantity('1e999999999'))).toBe('9223372036854775807');
  expect(canonicalQuantity(parseQuantity('1e-999999999'))).toBe('1e-9');
});

test.each([
  ['100m', 100n],
  ['1', 1000n],
  ['1n', 1n],
  ['0.0005', 1n],
  ['-0.0005', -1n],
])('%s is %s millicores, rounded up as the scheduler does', (text, millicores) => {
  expect(toMillicores(parseQuantity(text))).toBe(millicores);
});
