import type { CanvassRules } from '../../engine/campaign.js';
import type { Area } from './area.js';
import { measureArea } from './measure-area.js';
import { rankAreas } from './rank-areas.js';
import { spearman } from './spearman.js';

/** How well a ranking by one election foretold the next. */
export type BackTest = {
  readonly from: string;
  readonly to: string;
  /** Areas with usable results of both. */
  readonly areas: number;
  /** Rank correlation of the score with what the index came to be, from −1 to 1, and where it lies at 95 %. */
  readonly correlation: number;
  readonly between: readonly [number, number];
  /** The same for the index of 2012 alone, abstention times own share. */
  readonly index: number;
  /** The fifth of the areas that were ranked first, of which at least one. */
  readonly first: number;
  /** Of the votes that abstention cost in the next election, the share that lay in them. */
  readonly found: number;
  /** That share over what as many registered people taken at random would hold: 1 is no better than chance. */
  readonly lift: number;
};

/** Fewer areas than this say nothing. */
const FEWEST = 4;

/**
 * Ranks areas by what was known at one election, and compares with the next: nothing of the later one, and
 * no visit, is seen by the ranking. Undefined with fewer than four areas that have both.
 */
export function backTest(
  areas: readonly Area[],
  rules: CanvassRules,
  { from, to }: { readonly from: string; readonly to: string },
): BackTest | undefined {
  const both = areas.filter(({ results }) =>
    [from, to].every((id) => results.some(({ election }) => election === id)),
  );
  if (both.length < FEWEST) return undefined;
  const byCode = new Map(both.map((area) => [area.code, area]));
  const known = both.map((area) => ({
    ...at(area, from),
    ...(area.doors === undefined ? {} : { doors: { ...area.doors, done: 0 } }),
  }));
  const ranked = rankAreas(known, rules);
  const later = ranked.map(({ code }) => {
    const area = byCode.get(code);
    const result = area?.results.find(({ election }) => election === to);
    const measures = area === undefined ? undefined : measureArea(at(area, to), false);
    const registered = result?.registered ?? 0;
    const index = measures?.mobilisation ?? 0;
    return { index, registered, lost: registered * index };
  });
  const scores = ranked.map(({ score }) => score);
  const came = later.map(({ index }) => index);
  const correlation = spearman(scores, came);
  const first = Math.max(1, Math.round(later.length / 5));
  const share = (amount: (one: (typeof later)[number]) => number): number => {
    const sum = (some: typeof later): number => some.reduce((total, one) => total + amount(one), 0);
    const whole = sum(later);
    return whole === 0 ? 0 : sum(later.slice(0, first)) / whole;
  };
  const found = share(({ lost }) => lost);
  const people = share(({ registered }) => registered);
  return {
    from,
    to,
    areas: later.length,
    correlation,
    between: fisher(correlation, later.length),
    index: spearman(
      ranked.map(({ measures }) => measures.mobilisation),
      came,
    ),
    first,
    found,
    lift: people === 0 ? 0 : found / people,
  };
}

function at(area: Area, election: string): Area {
  return { ...area, results: area.results.filter((result) => result.election === election) };
}

/** Fisher's interval at 95 %, with the wider deviation of rank correlations (Bonett and Wright 2000). */
function fisher(correlation: number, count: number): readonly [number, number] {
  const bounded = Math.max(-0.999_999, Math.min(0.999_999, correlation));
  const deviation = Math.sqrt((1 + bounded ** 2 / 2) / Math.max(1, count - 3));
  const middle = Math.atanh(bounded);
  return [Math.tanh(middle - 1.96 * deviation), Math.tanh(middle + 1.96 * deviation)];
}
