import type { TurnoutCount } from './votes.js';

/** How many said that they voted in a round, there and in all, and in which hours of their clocks. */
export type Turnout = {
  readonly round: 1 | 2;
  readonly people: number;
  readonly territories: readonly {
    /** Empty for those of whom nobody knows where they vote. */
    readonly territory: string;
    readonly people: number;
    readonly hours: { readonly [hour: string]: number };
  }[];
};

/** Puts counts together by round and territory. */
export function tellTurnout(counts: readonly TurnoutCount[]): Turnout[] {
  return distinct(counts.map(({ round }) => round)).map((round) => {
    const there = counts.filter((one) => one.round === round);
    return {
      round,
      people: sum(there),
      territories: distinct(there.map(({ territory }) => territory)).map((territory) => {
        const rows = there.filter((one) => one.territory === territory);
        return {
          territory,
          people: sum(rows),
          hours: Object.fromEntries(rows.map(({ hour, people }) => [hour, people])),
        };
      }),
    };
  });
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function sum(counts: readonly TurnoutCount[]): number {
  return counts.reduce((total, { people }) => total + people, 0);
}
