import { perScale, type PerScale } from '../model/scales';

/** Dollars as exact millionths. */
export type MicroUsd = bigint;

/** The same amount at every scale. */
export function always(amount: MicroUsd): PerScale<MicroUsd> {
  return perScale(() => amount);
}

export function addMoney(left: PerScale<MicroUsd>, right: PerScale<MicroUsd>): PerScale<MicroUsd> {
  return perScale((scale) => left[scale] + right[scale]);
}

export const NO_MONEY: PerScale<MicroUsd> = always(0n);

/** Dollars with cents, rounded half up: `1,086.47`. */
export function dollarText(amount: MicroUsd): string {
  const cents = (amount + 5_000n) / 10_000n;
  const whole = String(cents / 100n).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${whole}.${String(cents % 100n).padStart(2, '0')}`;
}
