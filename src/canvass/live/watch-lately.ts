import type { Doors } from '../doors.js';
import type { Visits } from '../visits.js';
import type { Alert, Surroundings } from './find-alerts.js';
import { placesOf, surroundingsOf, watchOuting, type SeenVisit } from './watch-outing.js';

const FIELDS = [
  'door',
  'turf',
  'canvasser',
  'result',
  'at',
  'from',
  'outing',
  'undone_at',
] as const;
/** Visits looked at, the latest first; a day has far fewer. */
const MOST = 50_000;

/** What is odd about the outings since an instant, compared with each other; reads those visits only. */
export async function watchLately(visits: Visits, doors: Doors, since: Date): Promise<Alert[]> {
  const outings = new Map<string, SeenVisit[]>();
  const range = { sort: { at: -1 }, limit: MOST };
  for await (const visit of visits.table.streamFields({ at: { $gte: since } }, FIELDS, range)) {
    if (visit.undone_at !== undefined) continue;
    const outing = outings.get(visit.outing) ?? [];
    outings.set(visit.outing, outing);
    outing.push(visit);
  }
  let all: Surroundings = { outings: 0, visits: 0, contacts: 0 };
  for (const outing of outings.values()) all = surroundingsOf(outing, all);
  const places = await placesOf([...outings.values()].flat(), doors);
  return [...outings.values()].flatMap((outing) => watchOuting(outing, all, places));
}
