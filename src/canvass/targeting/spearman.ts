/** Spearman's rank correlation of two lists of equal length, from −1 to 1; 0 where one of them does not vary. */
export function spearman(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [ranks(one), ranks(other)];
  const mean = (a.length - 1) / 2;
  let [both, ofA, ofB] = [0, 0, 0];
  for (const [index, rank] of a.entries()) {
    const [x, y] = [rank - mean, (b[index] ?? 0) - mean];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB);
}

/** Ranks from 0; equal values share the mean of theirs. */
function ranks(values: readonly number[]): readonly number[] {
  const order = values
    .map((_, index) => index)
    .toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const found = values.map(() => 0);
  for (let from = 0; from < order.length;) {
    let to = from;
    const value = values[order[from] ?? 0];
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === value) to += 1;
    for (let at = from; at <= to; at += 1) found[order[at] ?? 0] = (from + to) / 2;
    from = to + 1;
  }
  return found;
}
