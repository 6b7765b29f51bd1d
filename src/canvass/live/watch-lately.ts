import type { Doors } from '../doors.js';
import type { VisitRow, Visits } from '../visits.js';
import { findAlerts, type Alert, type WatchedVisit } from './find-alerts.js';
import { isContact } from './tally.js';

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
const DOORS_TOGETHER = 500;

type Seen = Pick<VisitRow, (typeof FIELDS)[number] | '_id'>;

/** What is odd about the outings since an instant, compared with each other; reads those visits only. */
export async function watchLately(visits: Visits, doors: Doors, since: Date): Promise<Alert[]> {
  const outings = new Map<string, Seen[]>();
  let [count, contacts] = [0, 0];
  const range = { sort: { at: -1 }, limit: MOST };
  for await (const visit of visits.table.streamFields({ at: { $gte: since } }, FIELDS, range)) {
    if (visit.undone_at !== undefined) continue;
    const outing = outings.get(visit.outing) ?? [];
    outings.set(visit.outing, outing);
    outing.push(visit);
    count += 1;
    if (isContact(visit.result)) contacts += 1;
  }
  const places = await placesOf([...outings.values()].flat(), doors);
  return [...outings].flatMap(([outing, seen]) => {
    const [first] = seen;
    const own = seen.filter(({ result }) => isContact(result)).length;
    return findAlerts(
      {
        outing,
        canvasser: first?.canvasser ?? '',
        turf: first?.turf ?? '',
        visits: seen.map((visit) => withPlace(visit, places)),
      },
      {
        outings: outings.size - 1,
        visits: count - seen.length,
        contacts: contacts - own,
      },
    );
  });
}

type Places = ReadonlyMap<string, NonNullable<WatchedVisit['place']>>;

/** Where the doors are of visits that say where their canvasser stood. */
async function placesOf(seen: readonly Seen[], { table }: Doors): Promise<Places> {
  const located = seen.filter(({ from }) => from !== undefined);
  const ids = [...new Set(located.map(({ door }) => door))];
  const places = new Map<string, NonNullable<WatchedVisit['place']>>();
  for (let at = 0; at < ids.length; at += DOORS_TOGETHER) {
    const part = { _id: { $in: ids.slice(at, at + DOORS_TOGETHER) } };
    for await (const { _id, lat, lon } of table.streamFields(part, ['lat', 'lon'])) {
      places.set(_id, { lat, lon });
    }
  }
  return places;
}

function withPlace(visit: Seen, places: Places): WatchedVisit {
  const place = places.get(visit.door);
  return place === undefined ? visit : { ...visit, place };
}
