import type { Area, AreaResult } from './area.js';
import { doorsPerHour } from './doors-per-hour.js';

/** The reasons for which an area is ranked. */
export const REASONS = ['mobilisation', 'persuasion', 'income', 'density', 'unvisited'] as const;
export type Reason = (typeof REASONS)[number];

/** What is measured of an area; what is not known is absent. */
export type Measures = {
  /** Shares from 0 to 1, averaged over the elections: of the registered, and of the votes cast. */
  readonly abstention: number;
  readonly own: number;
  readonly near: number;
  /** Abstention times own share: the index of the French campaign of 2012 (domain facts, 8: slate.fr). */
  readonly mobilisation: number;
  /**
   * Of the registered, the share that voted for those near; where no label is near, how evenly matched own
   * votes and all others are, 1 at a half, times turnout.
   */
  readonly persuasion: number;
  /** Euros a year. */
  readonly income?: number;
  /** Doors an hour. */
  readonly density?: number;
  /** Share of the doors still to do. */
  readonly unvisited?: number;
};

/** Measures an area; undefined when none of its results can be used. `hasNear` says whether some labels are near. */
export function measureArea(area: Area, hasNear: boolean): Measures | undefined {
  const { results, doors, living } = area;
  if (results.length === 0) return undefined;
  const mean = (measure: (result: AreaResult) => number): number =>
    results.reduce((sum, result) => sum + measure(result), 0) / results.length;
  return {
    abstention: mean(abstention),
    own: mean(ownShare),
    near: mean(nearShare),
    mobilisation: mean((result) => abstention(result) * ownShare(result)),
    persuasion: mean((result) => {
      const turnout = 1 - abstention(result);
      const share = ownShare(result);
      return turnout * (hasNear ? nearShare(result) : 4 * share * (1 - share));
    }),
    ...(living === undefined ? {} : { income: living }),
    ...(doors === undefined || doors.count === 0
      ? {}
      : { density: doorsPerHour(doors), unvisited: 1 - doors.done / doors.count }),
  };
}

const abstention = ({ abstained, registered }: AreaResult): number => abstained / registered;
const ownShare = ({ own, cast }: AreaResult): number => (cast === 0 ? 0 : own / cast);
const nearShare = ({ near, cast }: AreaResult): number => (cast === 0 ? 0 : near / cast);
