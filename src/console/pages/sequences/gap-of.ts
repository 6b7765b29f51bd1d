const MINUTE_MS = 60_000;

/** How long a line stands for a wait, in pixels: each tenfold of it adds as much again. */
export function gapOf(ms: number): number {
  return Math.round(12 + 10 * Math.log10(1 + Math.max(0, ms) / MINUTE_MS));
}
