import { MINOR_UNITS } from '../../engine/currency.js';

/** Offered to whoever never gave, where the campaign names no amounts; whole euros or dollars. */
const USUAL: readonly number[] = [10, 20, 50, 100];
/** What is suggested beside the largest gift somebody made. */
const AROUND: readonly number[] = [0.5, 1, 1.5, 2];

/**
 * Amounts to suggest, in whole euros or dollars, ascending: the usual ones to whoever gives for the first
 * time, and around their largest gift to whoever gave before; never more than is left to give.
 */
export function suggestAmounts(
  givenCents: readonly number[],
  leftCents: number | undefined,
  usual: readonly number[] = USUAL,
): readonly number[] {
  const most = leftCents === undefined ? Infinity : Math.floor(leftCents / MINOR_UNITS);
  const largest = Math.max(0, ...givenCents) / MINOR_UNITS;
  const wanted = largest < 1 ? usual : AROUND.map((part) => roundly(largest * part));
  const fitting = [...new Set(wanted)].filter((amount) => amount >= 1 && amount <= most);
  if (fitting.length > 0) return fitting.toSorted((one, other) => one - other);
  return most >= 1 && Number.isFinite(most) ? [most] : [];
}

/** An amount as people say it: to the euro below 20, to five below 100, to ten above. */
function roundly(amount: number): number {
  const step = amount < 20 ? 1 : amount < 100 ? 5 : 10;
  return Math.max(1, Math.round(amount / step) * step);
}
