import { orderTsplib } from '../../../src/canvass/route/order-tsplib.js';
import { beginTour } from '../../../src/canvass/route/begin-tour.js';
import { tabled, tourLength } from '../../../src/canvass/route/distances.js';
import { findNearest } from '../../../src/canvass/route/nearest.js';
import { shortenTour } from '../../../src/canvass/route/shorten-tour.js';
import { flat, tsplibDistance, type TsplibProblem } from '../../../src/canvass/route/tsplib.js';
import { seeded } from '../../../test/program/seeded.js';
import { percentiles } from '../measure/percentiles.js';

/** Kicks a place of the searches that look for the best known tour, and how many begin, each elsewhere. */
const LONG = 100;
const SEARCHES = 3;
const SIDE = 10_000;

/**
 * Orders places strewn at random, and compares with the shortest tour that searches six times as long
 * find, each from a seed of its own; prints how much longer ours is, and milliseconds of CPU.
 */
export function measureWalks(places: number, problems: number): void {
  const over: number[] = [];
  const took: number[] = [];
  // The first is for the compiler.
  orderTsplib(strewn(places, 0));
  for (let seed = 1; seed <= problems; seed += 1) {
    const problem = strewn(places, seed);
    const before = process.cpuUsage();
    const { length } = orderTsplib(problem);
    const { user, system } = process.cpuUsage(before);
    took.push((user + system) / 1_000);
    over.push(length / Math.min(length, bestKnown(problem)) - 1);
  }
  const { p50, worst } = percentiles(over);
  const cpu = percentiles(took);
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  console.log(
    `${String(places).padStart(6)} places, ${problems} problems: over the best known ${percent(p50)} in the median, ${percent(worst)} at worst; ${cpu.p50.toFixed(0)} ms of CPU (${cpu.worst.toFixed(0)} at worst)`,
  );
}

function strewn(places: number, seed: number): TsplibProblem {
  const random = seeded(seed);
  const coordinate = (): number => Math.floor(random() * SIDE);
  const xs = Float64Array.from({ length: places }, coordinate);
  const ys = Float64Array.from({ length: places }, coordinate);
  return { name: `strewn ${seed}`, metric: 'EUC_2D', xs, ys };
}

function bestKnown(problem: TsplibProblem): number {
  const { xs, ys } = flat(problem);
  const n = xs.length;
  const distance = tabled(n, tsplibDistance(problem));
  const nearest = findNearest(xs, ys, 10);
  const tour = beginTour(n, distance, nearest);
  return Math.min(
    ...Array.from({ length: SEARCHES }, (_, at) =>
      tourLength(shortenTour({ tour, distance, nearest, kicks: LONG * n, seed: at + 2 }), distance),
    ),
  );
}
