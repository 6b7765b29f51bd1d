const UNITS = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** A span as authors write it, in whole seconds: `1d12h`. */
export function formatSpan(ms: number): string {
  let rest = ms;
  let written = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) written += `${count}${unit}`;
    rest -= count * size;
  }
  return written;
}
