/** How many of some instants lie in each step of a span; all in milliseconds. */
export function countPerStep(
  instants: readonly number[],
  span: { readonly from: number; readonly until: number; readonly stepMs: number },
): readonly number[] {
  const steps = Math.max(1, Math.ceil((span.until - span.from) / span.stepMs));
  const counts = Array.from({ length: steps }, () => 0);
  for (const at of instants) {
    const step = Math.floor((at - span.from) / span.stepMs);
    if (step < 0 || step >= steps) continue;
    counts[step] = (counts[step] ?? 0) + 1;
  }
  return counts;
}
