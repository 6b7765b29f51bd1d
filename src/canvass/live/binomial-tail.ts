/**
 * The chance that at least `hits` of `trials` succeed when each does with chance `p`: exact, term by term.
 */
export function binomialTail(hits: number, trials: number, p: number): number {
  if (hits <= 0) return 1;
  if (hits > trials || p <= 0) return 0;
  if (p >= 1) return 1;
  // In logarithms, for the terms of a large outing are too small to be written.
  const odds = Math.log(p) - Math.log(1 - p);
  let log = logChoose(trials, hits) + hits * Math.log(p) + (trials - hits) * Math.log(1 - p);
  let sum = 0;
  for (let k = hits; k <= trials; k += 1) {
    sum += Math.exp(log);
    log += Math.log(trials - k) - Math.log(k + 1) + odds;
  }
  return Math.min(1, sum);
}

function logChoose(n: number, k: number): number {
  let log = 0;
  for (let i = 1; i <= Math.min(k, n - k); i += 1) log += Math.log(n - i + 1) - Math.log(i);
  return log;
}
