import { fold } from '../../engine/fold.js';
import type { ResultRow } from '../results.js';

/** What an area voted in one election, as far as ranking asks. */
export type AreaResult = {
  readonly election: string;
  readonly registered: number;
  readonly abstained: number;
  readonly cast: number;
  /** Votes for the campaign's own labels, and for those near it. */
  readonly own: number;
  readonly near: number;
};

/** A polling station's area and what is known of it; never of anybody in it. */
export type Area = {
  /** The polling station's code. */
  readonly code: string;
  readonly city?: string;
  readonly results: readonly AreaResult[];
  readonly doors?: AreaDoors;
  /** Living standard, euros a year, weighed by its doors. */
  readonly living?: number;
};

export type AreaDoors = {
  readonly count: number;
  readonly buildings: number;
  /** Where somebody was reached, or there is nobody to reach. */
  readonly done: number;
  /** Ground on which there are doors, in square metres. */
  readonly squareMetres: number;
};

/**
 * What a result says for ranking; undefined while a file of turnout or of votes is missing, or nobody is
 * registered there.
 */
export function readAreaResult(
  { election, registered, abstained, cast, votes }: ResultRow,
  { own, near }: { readonly own: ReadonlySet<string>; readonly near: ReadonlySet<string> },
): AreaResult | undefined {
  if (registered === undefined || abstained === undefined || registered === 0) return undefined;
  if (votes.length === 0) return undefined;
  const sum = (labels: ReadonlySet<string>): number =>
    votes
      .filter((one) => one.labels.some((label) => labels.has(fold(label))))
      .reduce((total, one) => total + one.votes, 0);
  const all = votes.reduce((total, one) => total + one.votes, 0);
  return {
    election,
    registered,
    abstained,
    cast: Math.max(cast ?? 0, all),
    own: sum(own),
    near: sum(near),
  };
}

/** Labels as they are compared: case, accents and signs do not count. */
export function labelSet(labels: readonly string[]): ReadonlySet<string> {
  return new Set(labels.map((label) => fold(label)));
}
