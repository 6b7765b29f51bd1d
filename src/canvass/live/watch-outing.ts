import type { Doors } from '../doors.js';
import type { VisitRow } from '../visits.js';
import { findAlerts, type Alert, type Surroundings, type WatchedVisit } from './find-alerts.js';
import { isContact } from './tally.js';

/** What is needed of a visit to see whether its outing is odd. */
export type SeenVisit = Pick<
  VisitRow,
  '_id' | 'door' | 'turf' | 'canvasser' | 'result' | 'at' | 'from' | 'outing'
>;

/** Where doors are, by their id. */
export type Places = ReadonlyMap<string, NonNullable<WatchedVisit['place']>>;

const DOORS_TOGETHER = 500;

/** What outings come to together; an outing has its visits that count. */
export function surroundingsOf(outing: readonly SeenVisit[], all?: Surroundings): Surroundings {
  const contacts = outing.filter(({ result }) => isContact(result)).length;
  return {
    outings: (all?.outings ?? 0) + 1,
    visits: (all?.visits ?? 0) + outing.length,
    contacts: (all?.contacts ?? 0) + contacts,
  };
}

/** What is odd about one outing, compared with the others among `all`. */
export function watchOuting(
  outing: readonly SeenVisit[],
  all: Surroundings,
  places: Places,
): readonly Alert[] {
  const own = surroundingsOf(outing);
  const [first] = outing;
  return findAlerts(
    {
      outing: first?.outing ?? '',
      canvasser: first?.canvasser ?? '',
      turf: first?.turf ?? '',
      visits: outing.map((visit) => {
        const place = places.get(visit.door);
        return place === undefined ? visit : { ...visit, place };
      }),
    },
    {
      outings: all.outings - own.outings,
      visits: all.visits - own.visits,
      contacts: all.contacts - own.contacts,
    },
  );
}

/** Where the doors are of visits that say where their canvasser stood. */
export async function placesOf(
  visits: readonly SeenVisit[],
  { table }: Pick<Doors, 'table'>,
): Promise<Places> {
  const located = visits.filter(({ from }) => from !== undefined);
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
