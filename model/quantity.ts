/**
 * Kubernetes resource quantities, exact.
 *
 * The API server keeps a quantity as a decimal with nano precision; so does this file, as a bigint of
 * nano-units. No float is involved anywhere, so sums over thousands of pods don't drift.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

/** How the quantity was written; its canonical form keeps that family of suffixes. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** An exact quantity: `nanos` is the value in 10⁻⁹ of the unit (a core, a byte, a piece). */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

/** Text that the API server would not accept as a quantity. */
export class QuantityError extends Error {
  override readonly name = 'QuantityError';
}

const NANOS_PER_UNIT = 10n ** 9n;

/** The API server caps a quantity at this value instead of refusing it. */
const MAX_NANOS = (2n ** 63n - 1n) * NANOS_PER_UNIT;

const DECIMAL_EXPONENTS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

const BINARY_POWERS: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };

const GRAMMAR = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([eE][+-]?\d{1,9})|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;

/**
 * Reads a quantity as the API server does: fractions finer than a nano-unit round away from zero, and values
 * above 2⁶³−1 are capped.
 *
 * @throws QuantityError where the API server would refuse the text.
 */
export function parseQuantity(value: string | number): Quantity {
  const text = typeof value === 'number' ? numberText(value) : value;
  const match = GRAMMAR.exec(text);
  if (!match) throw new QuantityError(`"${text}" is not a quantity${hint(text)}`);
  const [, sign, number, exponent, suffix = ''] = match as unknown as [string, string, string, string?, string?];
  const [whole = '', fraction = ''] = number.split('.');
  const digits = BigInt(whole + fraction);
  const power = BINARY_POWERS[suffix];
  let magnitude: bigint;
  let format: QuantityFormat = 'DecimalSI';
  if (power !== undefined) {
    magnitude = divideUp(digits * 1024n ** BigInt(power) * NANOS_PER_UNIT, 10n ** BigInt(fraction.length));
    if (magnitude === 0n || magnitude >= NANOS_PER_UNIT) format = 'BinarySI';
  } else {
    const tens = exponent === undefined ? (DECIMAL_EXPONENTS[suffix] ?? 0) : Number(exponent.slice(1));
    magnitude = scaleByTen(digits, tens + 9 - fraction.length);
    if (exponent !== undefined) format = 'DecimalExponent';
  }
  if (magnitude > MAX_NANOS) magnitude = MAX_NANOS;
  return { nanos: sign === '-' ? -magnitude : magnitude, format };
}

/** The form in which the API server hands the quantity out: `1000m` is `1`, `2048Mi` is `2Gi`, `1.5Gi` is `1536Mi`. */
export function canonicalQuantity({ nanos, format }: Quantity): string {
  if (nanos === 0n) return '0';
  const magnitude = nanos < 0n ? -nanos : nanos;
  const sign = nanos < 0n ? '-' : '';
  const isWhole = magnitude % NANOS_PER_UNIT === 0n;
  if (format === 'BinarySI' && isWhole && magnitude >= 1024n * NANOS_PER_UNIT) {
    return sign + canonicalBinary(magnitude / NANOS_PER_UNIT);
  }
  let tens = -9;
  let mantissa = magnitude;
  while (tens < 18 && mantissa % 1000n === 0n) {
    mantissa /= 1000n;
    tens += 3;
  }
  if (format === 'DecimalExponent') return `${sign}${mantissa}${tens === 0 ? '' : `e${tens}`}`;
  const suffix = Object.entries(DECIMAL_EXPONENTS).find(([, exponent]) => exponent === tens)?.[0] ?? '';
  return `${sign}${mantissa}${suffix}`;
}

/** Millicores of a CPU quantity, rounded up as the scheduler does. */
export function toMillicores(quantity: Quantity): bigint {
  return divideUp(quantity.nanos, 10n ** 6n);
}

/** Whole units (bytes of a memory quantity, pieces of an extended resource), rounded up as the scheduler does. */
export function toUnits(quantity: Quantity): bigint {
  return divideUp(quantity.nanos, NANOS_PER_UNIT);
}

/** A CPU quantity of that many millicores. */
export function fromMillicores(millicores: bigint): Quantity {
  return { nanos: millicores * 10n ** 6n, format: 'DecimalSI' };
}

/** A memory quantity of that many bytes, written with binary suffixes. */
export function fromBytes(bytes: bigint): Quantity {
  return { nanos: bytes * NANOS_PER_UNIT, format: 'BinarySI' };
}

function canonicalBinary(units: bigint): string {
  let power = 0;
  let mantissa = units;
  while (power < 6 && mantissa % 1024n === 0n) {
    mantissa /= 1024n;
    power += 1;
  }
  return `${mantissa}${Object.keys(BINARY_POWERS)[power - 1] ?? ''}`;
}

function scaleByTen(digits: bigint, tens: number): bigint {
  if (digits === 0n) return 0n;
  if (tens >= 0) return tens > 40 ? MAX_NANOS : digits * 10n ** BigInt(tens);
  // Beyond the length of the number nothing but the rounding is left.
  if (-tens > digits.toString().length) return 1n;
  return divideUp(digits, 10n ** BigInt(-tens));
}

/** Division of integers that rounds away from zero, as the API server's Value() and MilliValue() do. */
function divideUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  if (dividend % divisor === 0n) return quotient;
  return dividend > 0n ? quotient + 1n : quotient - 1n;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new QuantityError(`${String(value)} is not a quantity`);
  return String(value);
}

function hint(text: string): string {
  if (text.trim() === '') return ': it is empty';
  if (/\s/.test(text)) return `; remove the space: "${text.replace(/\s+/g, '')}"`;
  if (/^[\d.]+mi$/i.test(text)) return `; mebibytes are written "Mi": "${text.slice(0, -2)}Mi"`;
  if (/^[\d.]+gi?b?$/i.test(text)) return `; gibibytes are written "Gi": "${text.replace(/gi?b?$/i, '')}Gi"`;
  if (/^[\d.]+mb$/i.test(text)) return `; megabytes are written "M", mebibytes "Mi"`;
  if (/^[\d.]+K$/.test(text)) return '; the suffix for 1000 is a small "k", for 1024 "Ki"';
  return '; write a number with one of the suffixes m, k, M, G, T, Ki, Mi, Gi, Ti';
}
