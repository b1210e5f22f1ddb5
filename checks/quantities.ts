import { QuantityError, parseQuantity } from '../model/quantity';

/** A quantity in billionths, so that 1Gi and 1024Mi are equal; undefined for what is none. */
export function quantityOf(value: unknown): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  try {
    return parseQuantity(value).nanos;
  } catch (error) {
    if (error instanceof QuantityError) return undefined;
    throw error;
  }
}
