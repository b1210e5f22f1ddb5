import { cores, dollars, gibibytes } from '../../review/measure/rows';
import type { Scaled } from '../report-model';

/** `2 to 5`, or one number where they are the same. */
export function rangeText(
  { minimum, maximum }: Pick<Scaled, 'minimum' | 'maximum'>,
  show: (value: number) => string,
): string {
  return minimum === maximum ? show(minimum) : `${show(minimum)} to ${show(maximum)}`;
}

/** `21.50 to 23.50 cores`. */
export function coresText(amount: Scaled): string {
  return `${rangeText(amount, cores)} cores`;
}

/** `30.25 to 33.00 GiB`. */
export function memoryText(amount: Scaled): string {
  return `${rangeText(amount, gibibytes)} GiB`;
}

/** `1,322.92 USD`. */
export function costText(amount: Scaled): string {
  return `${rangeText(amount, dollars)} USD`;
}
