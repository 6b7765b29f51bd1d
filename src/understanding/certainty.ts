import type { Features } from './read-features.js';

/** What tells whether the likeliest class is right. */
export type Signals = readonly number[];

/** How much each signal counts. */
export type Certainty = readonly number[];

const ROUNDS = 12;
/** Keeps what few texts tell from counting too much. */
const RIDGE = 1;
const MOST_STRANGERS = 3;
const MOST_CONCEPTS = 4;
const TINY = 1e-9;

/** The signals of a text whose likeliest classes have these probabilities; `none` is that of being outside. */
export function signalsOf(
  { words, concepts, unknown, unknownWords }: Features,
  first: number,
  second: number,
  none: number,
): Signals {
  return [
    1,
    Math.log((first + TINY) / (1 - first + TINY)),
    Math.log((first + TINY) / (second + TINY)),
    unknown,
    Math.min(unknownWords, MOST_STRANGERS),
    Math.log(1 + words),
    Math.min(concepts, MOST_CONCEPTS),
    none,
  ];
}

/**
 * Learns from texts that were kept out of training how sure one can be: logistic regression on the
 * signals, by Newton's method.
 */
export function learnCertainty(
  seen: readonly { readonly signals: Signals; readonly right: boolean }[],
): Certainty {
  const size = seen[0]?.signals.length ?? 0;
  const certainty = Array.from({ length: size }, () => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope = certainty.map((weight) => -RIDGE * weight);
    const curve = certainty.map((_, row) =>
      certainty.map((__, k): number => (row === k ? RIDGE : 0)),
    );
    for (const { signals, right } of seen) {
      const sure = certaintyOf(certainty, signals);
      const error = (right ? 1 : 0) - sure;
      const spread = sure * (1 - sure);
      for (let row = 0; row < size; row += 1) {
        const signal = signals[row] ?? 0;
        slope[row] = (slope[row] ?? 0) + error * signal;
        const line = curve[row] ?? [];
        for (let k = 0; k < size; k += 1) {
          line[k] = (line[k] ?? 0) + spread * signal * (signals[k] ?? 0);
        }
      }
    }
    solve(curve, slope).forEach((step, k) => (certainty[k] = (certainty[k] ?? 0) + step));
  }
  return certainty;
}

/** How likely the likeliest class is right, 0 to 1. */
export function certaintyOf(certainty: Certainty, signals: Signals): number {
  let sum = 0;
  for (let k = 0; k < signals.length; k += 1) sum += (certainty[k] ?? 0) * (signals[k] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}

/** Solves a system of linear equations whose matrix is positive definite, by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  rows.forEach((row, pivot) => {
    const head = row[pivot] ?? 1;
    row.forEach((value, k) => (row[k] = value / head));
    rows.forEach((other, index) => {
      const factor = other[pivot] ?? 0;
      if (index === pivot) return;
      other.forEach((value, k) => (other[k] = value - factor * (row[k] ?? 0)));
    });
  });
  return rows.map((row) => row.at(-1) ?? 0);
}
