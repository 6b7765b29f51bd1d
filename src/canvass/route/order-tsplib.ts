import { beginTour } from './begin-tour.js';
import { tabled, tourLength } from './distances.js';
import { findNearest } from './nearest.js';
import { shortenTour } from './shorten-tour.js';
import { flat, tsplibDistance, type TsplibProblem } from './tsplib.js';

/** Near places that a move is tried with. */
const NEAR = 10;
/** How often the tour is disturbed and mended: for each place, and at most; fixed, so that it is the same every time. */
const KICKS_A_PLACE = 16;
const MOST_KICKS = 60_000;

/** A short closed tour of a TSPLIB problem: its places from 1 on, and its length as TSPLIB rounds it. */
export function orderTsplib(problem: TsplibProblem): {
  readonly order: readonly number[];
  readonly length: number;
} {
  const { xs, ys } = flat(problem);
  const n = xs.length;
  const distance = tabled(n, tsplibDistance(problem));
  const nearest = findNearest(xs, ys, NEAR);
  const tour = shortenTour({
    tour: beginTour(n, distance, nearest),
    distance,
    nearest,
    kicks: Math.min(MOST_KICKS, KICKS_A_PLACE * n),
    seed: 1,
  });
  return { order: [...tour].map((place) => place + 1), length: tourLength(tour, distance) };
}
