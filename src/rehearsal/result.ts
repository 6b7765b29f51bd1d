import type { Comparison } from './compare.js';
import type { Accepted, Outage, Rehearsal } from './rehearsal.js';
import type { NetworkTally } from './servers/tally.js';

/** What a rehearsal came to. */
export type Result = {
  readonly rehearsal: Rehearsal;
  readonly comparison: Comparison;
  /** What each network counted; web chat refuses nothing. */
  readonly tallies: { readonly [channel: string]: NetworkTally | undefined };
  /** How soon people who wrote meanwhile were answered, in milliseconds, on each channel. */
  readonly replies: {
    readonly asked: number;
    readonly answeredInMs: { readonly [channel: string]: readonly number[] };
  };
  readonly plan: {
    readonly startsAt: number;
    readonly channels: { readonly [channel: string]: PlannedChannel };
  };
  readonly accepted: readonly Accepted[];
  readonly outages: readonly Outage[];
  readonly kills: number;
  /** From the start of the plan until the program said that all was done. */
  readonly seconds: number;
  /** It was given up before the program said so. */
  readonly isUnfinished: boolean;
};

export type PlannedChannel = {
  readonly recipients: number;
  /** Messages a second. */
  readonly rate: number;
  readonly endsAt: number;
};

/** So many sends one kill may leave in doubt. */
export const DOUBT_A_KILL = 50;

/** How many may be in doubt: fifty for each kill, and one for each connection that was lost. */
export function doubtAllowed({ kills, tallies }: Pick<Result, 'kills' | 'tallies'>): number {
  const cuts = Object.values(tallies).reduce((sum, tally) => sum + (tally?.cuts ?? 0), 0);
  return kills * DOUBT_A_KILL + cuts;
}

/** Sends that the networks turned away, on one channel. */
export function refusedOn(tally: NetworkTally | undefined): number {
  return Object.values(tally?.refused ?? {}).reduce((sum, one) => sum + one, 0);
}

/** Whether campaign staff can rely on what was rehearsed. */
export function isPassed({ comparison, isUnfinished }: Result): boolean {
  const { lost, doubled, uninvited } = comparison;
  return !isUnfinished && lost === 0 && doubled === 0 && uninvited === 0;
}

/** The value below which so large a share lies; undefined of none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
