import type { TurfRow } from './turfs.js';

/** What the leader of a turf is to hear of an outing on it, once that is over. */
export type OutingNews = {
  readonly outing: string;
  /** When their flow was started, the last time. */
  readonly sent?: Date;
  /** The act that told it. */
  readonly told_by?: string;
};

/** Outings that a turf remembers having told of. */
const REMEMBERED = 30;

/** The turf with an outing that its leader will hear of; no other change when they will already. */
export function oweNews(turf: TurfRow, outing: string): TurfRow {
  const { news = [] } = turf;
  if (turf.leader === undefined || news.some((one) => one.outing === outing)) return turf;
  return withNews(turf, [...news, { outing }]);
}

/** The turf with one of its outings changed. */
export function changeNews(
  turf: TurfRow,
  outing: string,
  more: Omit<OutingNews, 'outing'>,
): TurfRow {
  return withNews(
    turf,
    (turf.news ?? []).map((one) => (one.outing === outing ? { ...one, ...more } : one)),
  );
}

function withNews({ untold: _untold, ...turf }: TurfRow, news: readonly OutingNews[]): TurfRow {
  const isUntold = news.some(({ told_by: by }) => by === undefined);
  return { ...turf, news: news.slice(-REMEMBERED), ...(isUntold ? { untold: true } : {}) };
}
