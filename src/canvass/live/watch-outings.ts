import type { Doors } from '../doors.js';
import type { VisitRow, Visits } from '../visits.js';
import { findAlerts, type Alert, type Surroundings, type WatchedOuting } from './find-alerts.js';
import { summariseOuting, type OutingSummary } from './summarise-outing.js';
import { isContact } from './tally.js';

const FIELDS = [
  'door',
  'turf',
  'canvasser',
  'result',
  'support_level',
  'at',
  'from',
  'outing',
  'undone_at',
] as const;

type Seen = Pick<VisitRow, (typeof FIELDS)[number] | '_id'>;

/** Looks through all outings, one in memory at a time, and gives those about which something is odd. */
export async function* watchOutings(visits: Visits, doors: Doors): AsyncGenerator<Alert> {
  const all = await countAll(visits);
  for await (const outing of readOutings(visits)) {
    const contacts = outing.filter(({ result }) => isContact(result)).length;
    const others = {
      outings: all.outings - 1,
      visits: all.visits - outing.length,
      contacts: all.contacts - contacts,
    };
    yield* findAlerts(await withPlaces(outing, doors), others);
  }
}

/** Every outing that has visits which count, in short. */
export async function* summariseOutings(visits: Visits): AsyncGenerator<OutingSummary> {
  for await (const outing of readOutings(visits)) {
    const summary = summariseOuting(outing);
    if (summary !== undefined) yield summary;
  }
}

async function countAll({ table }: Visits): Promise<Surroundings> {
  let [outings, visits, contacts] = [0, 0, 0];
  let last: string | undefined;
  const sort = { sort: { outing: 1 } };
  for await (const visit of table.streamFields({}, ['outing', 'result', 'undone_at'], sort)) {
    if (visit.undone_at !== undefined) continue;
    if (visit.outing !== last) outings += 1;
    last = visit.outing;
    visits += 1;
    if (isContact(visit.result)) contacts += 1;
  }
  return { outings, visits, contacts };
}

async function* readOutings({ table }: Visits): AsyncGenerator<readonly Seen[]> {
  let outing: Seen[] = [];
  for await (const visit of table.streamFields({}, FIELDS, { sort: { outing: 1 } })) {
    if (visit.undone_at !== undefined) continue;
    if (outing.length > 0 && outing[0]?.outing !== visit.outing) {
      yield outing;
      outing = [];
    }
    outing.push(visit);
  }
  if (outing.length > 0) yield outing;
}

async function withPlaces(visits: readonly Seen[], { table }: Doors): Promise<WatchedOuting> {
  const located = visits.filter(({ from }) => from !== undefined);
  const rows = await table.find({ _id: { $in: [...new Set(located.map(({ door }) => door))] } });
  const places = new Map(rows.map(({ _id, lat, lon }) => [_id, { lat, lon }]));
  const [first] = visits;
  return {
    outing: first?.outing ?? '',
    canvasser: first?.canvasser ?? '',
    turf: first?.turf ?? '',
    visits: visits.map((visit) => {
      const place = places.get(visit.door);
      return place === undefined ? visit : { ...visit, place };
    }),
  };
}
