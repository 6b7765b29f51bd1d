import type { CanvassRules } from '../../engine/campaign.js';
import type { Area } from './area.js';
import { measureArea, REASONS, type Measures, type Reason } from './measure-area.js';

/** How an area stands among all for one reason. */
export type Standing = {
  readonly reason: Reason;
  /** 1 is the best; equal ones share a place. */
  readonly place: number;
  /** 1 for the best, 0 for the last, 0.5 in the middle. */
  readonly standing: number;
  readonly weight: number;
};

/** An area with its rank, and all that led to it. */
export type RankedArea = {
  readonly rank: number;
  readonly of: number;
  readonly code: string;
  readonly city?: string;
  /** From 0 to 100: the weighted mean of its standings. */
  readonly score: number;
  readonly measures: Measures;
  /** For every reason that counts; the ones that are not known here are absent. */
  readonly standings: readonly Standing[];
};

/**
 * Ranks areas, the one first where an hour at the doors counts most. For each reason an area gets its
 * standing among all, from 0 to 1, so that no unit matters and no outlier drowns the rest; the score is
 * their mean by the campaign's weights. What is not known of an area stands in the middle. Areas without a
 * usable result are left out. Equal scores go by code: the order is the same every time.
 */
export function rankAreas(areas: readonly Area[], rules: CanvassRules): readonly RankedArea[] {
  const measured = areas.flatMap((area) => {
    const measures = measureArea(area, rules.near.length > 0);
    return measures === undefined ? [] : [{ area, measures }];
  });
  const counting = REASONS.filter((reason) => rules.weights[reason] !== 0);
  const tables = new Map(
    counting.map((reason) => {
      const values = measured.flatMap(({ measures }) => measures[reason] ?? []);
      return [reason, standingsOf(values, rules.weights[reason] < 0)] as const;
    }),
  );
  const whole = counting.reduce((sum, reason) => sum + Math.abs(rules.weights[reason]), 0);
  const scored = measured.map(({ area, measures }) => {
    const standings = counting.flatMap((reason): Standing[] => {
      const value = measures[reason];
      const found = value === undefined ? undefined : tables.get(reason)?.get(value);
      return found === undefined
        ? []
        : [{ reason, weight: Math.abs(rules.weights[reason]), ...found }];
    });
    // What is not known is neither for it nor against it.
    const pull = standings.reduce(
      (sum, { weight, standing }) => sum + weight * (standing - 0.5),
      0,
    );
    return { area, measures, standings, score: whole === 0 ? 50 : 50 + (100 * pull) / whole };
  });
  return scored
    .toSorted((one, other) => other.score - one.score || (one.area.code < other.area.code ? -1 : 1))
    .map(({ area: { code, city }, ...rest }, index) => ({
      rank: index + 1,
      of: scored.length,
      code,
      ...(city === undefined ? {} : { city }),
      ...rest,
    }));
}

/** The place and standing of each value; equal values share the mean of their standings. */
function standingsOf(
  values: readonly number[],
  lowFirst: boolean,
): ReadonlyMap<number, { readonly place: number; readonly standing: number }> {
  const sorted = values.toSorted((a, b) => (lowFirst ? a - b : b - a));
  const found = new Map<number, { place: number; standing: number }>();
  for (let from = 0; from < sorted.length;) {
    const value = sorted[from] ?? 0;
    let to = from;
    while (to + 1 < sorted.length && sorted[to + 1] === value) to += 1;
    const middle = (from + to) / 2;
    const standing = sorted.length === 1 ? 0.5 : 1 - middle / (sorted.length - 1);
    found.set(value, { place: from + 1, standing });
    from = to + 1;
  }
  return found;
}
