import { parseQuantity, QuantityError } from '../quantity';
import type { SchemaNode } from './types';

const INT_RANGES: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  // Compared with bigints too; as a number the upper bound is one too many, which no manifest will notice.
  int64: [-(2 ** 63), 2 ** 63],
};

const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const BASE64 = /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/;

/** Least and greatest value, from the format and the schema's own bounds. */
export function rangeOf(node: SchemaNode): readonly [number | undefined, number | undefined] {
  const [low, high] = (node.format === undefined ? undefined : INT_RANGES[node.format]) ?? [undefined, undefined];
  return [node.min ?? low, node.max ?? high];
}

/** Text formats that the API server enforces; it ignores those that it does not know, and so does this. */
export function isFormat(value: string, format: string): boolean {
  switch (format) {
    case 'date-time':
      return DATE_TIME.test(value) && !Number.isNaN(Date.parse(value));
    case 'byte':
      return BASE64.test(value) && value.replace(/[\r\n]/g, '').length % 4 === 0;
    default:
      return true;
  }
}

/** The few spellings of a repository come thousands of times. */
const quantities = new Map<string, string | undefined>();

/** Why text is no quantity, as the end of a sentence; undefined where it is one. */
export function quantityFault(text: string): string | undefined {
  if (quantities.has(text)) return quantities.get(text);
  let fault: string | undefined;
  try {
    parseQuantity(text);
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    fault = error.message.replace(/ is not a quantity/, ', not a quantity');
  }
  quantities.set(text, fault);
  return fault;
}

const patterns = new Map<string, RegExp | null>();

/** Whether text matches a pattern of a CRD. Go's dialect differs in details: a pattern that only Go reads passes. */
export function matchesPattern(value: string, pattern: string): boolean {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = compile(pattern);
    patterns.set(pattern, compiled);
  }
  return compiled === null || compiled.test(value);
}

function compile(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    try {
      return new RegExp(pattern);
    } catch {
      return null;
    }
  }
}
