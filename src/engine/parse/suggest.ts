import { say, type Sentence } from '../sentence.js';

/**
 * Counts the typing mistakes between two words: letters added, dropped, replaced, or swapped with
 * their neighbour (Damerau-Levenshtein, optimal string alignment).
 */
export function countTypos(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let typos = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        typos = Math.min(typos, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(typos);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Finds the candidate nearest to a mistyped word; undefined when none is near enough. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(word.length / 3)) + 1;
  const lower = word.toLowerCase();
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const typos = countTypos(lower, candidate.toLowerCase());
    if (typos < fewest) {
      fewest = typos;
      best = candidate;
    }
  }
  return best;
}

/** Ends a sentence with the nearest candidate, or with a list of what there is. */
export function didYouMean(word: string, candidates: Iterable<string>): Sentence {
  const all = [...candidates];
  const { plain, why } = plainly(word);
  if (why !== undefined && all.includes(plain)) return say`write ${plain} ${why}`;
  const near = nearest(word, all);
  if (near !== undefined) return say`did you mean "${near}"?`;
  if (all.length === 0) return say`there is none to choose from`;
  const shown = all.slice(0, 12).join(', ');
  return say`choose one of: ${shown}${all.length > 12 ? ', …' : ''}`;
}

/** A word without what text processors put around it, and why that must go. */
export function plainly(word: string): { readonly plain: string; readonly why?: Sentence } {
  const quoted = /^[“”„«‘‹](.*)[“”»’›]$/.exec(word.trim())?.[1]?.trim();
  if (quoted !== undefined) {
    return { plain: quoted, why: say`without quotes, or with straight ones such as "…"` };
  }
  const plain = word.trim();
  return plain === word ? { plain } : { plain, why: say`without the no-break space beside it` };
}
