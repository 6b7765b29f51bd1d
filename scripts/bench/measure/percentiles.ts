/** What half, 95 and 99 in a hundred samples stay under, and the worst of them. */
export type Percentiles = {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly worst: number;
};

/** Reads them off the samples; zeros when there are none. */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1) };
}

/** A row of a table: p50, p95, p99, worst. */
export function writePercentiles({ p50, p95, p99, worst }: Percentiles): string {
  return [p50, p95, p99, worst].map((value) => value.toFixed(1).padStart(7)).join('');
}
