import type { VisitRow } from '../visits.js';
import { createTally, type Figures } from './tally.js';

/** One stretch of canvassing of one volunteer, in short: what is told at the end of a shift. */
export type OutingSummary = {
  readonly outing: string;
  readonly canvasser: string;
  readonly turfs: readonly string[];
  /** Different doors that were done. */
  readonly doors: number;
  /** From the first report to the last. */
  readonly minutes: number;
  /** Absent below ten minutes, which tell no pace. */
  readonly doors_per_hour?: number;
  readonly figures: Figures;
};

const TELLING_MINUTES = 10;

/** Sums up the visits of one outing; undefined when none of them counts. */
export function summariseOuting(
  visits: readonly Pick<
    VisitRow,
    | 'outing'
    | 'canvasser'
    | 'turf'
    | 'door'
    | 'result'
    | 'support_level'
    | 'at'
    | 'undone_at'
    | 'went_on'
  >[],
): OutingSummary | undefined {
  const counting = visits.filter(({ undone_at: undone }) => undone === undefined);
  const tally = createTally();
  for (const visit of counting) tally.add(visit);
  const figures = tally.figures();
  const [first] = counting;
  if (figures === undefined || first === undefined) return undefined;
  const doors = new Set(counting.map(({ door }) => door)).size;
  const minutes = (Date.parse(figures.last_at) - Date.parse(figures.first_at)) / 60_000;
  return {
    outing: first.outing,
    canvasser: first.canvasser,
    turfs: [...new Set(counting.map(({ turf }) => turf))],
    doors,
    minutes: Math.round(minutes),
    ...(minutes < TELLING_MINUTES ? {} : { doors_per_hour: doors / (minutes / 60) }),
    figures,
  };
}
