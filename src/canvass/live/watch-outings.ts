import type { Doors } from '../doors.js';
import type { VisitRow, Visits } from '../visits.js';
import { asOnePerson, NOBODY_MERGED, type Merged } from './find-merged.js';
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
  'went_on',
] as const;

type Seen = Pick<VisitRow, (typeof FIELDS)[number] | '_id'>;

/**
 * Looks through all outings, one in memory at a time, and gives those about which something is odd; profiles
 * that were `merged` are one person.
 */
export async function* watchOutings(
  visits: Visits,
  doors: Doors,
  merged: Merged = NOBODY_MERGED,
): AsyncGenerator<Alert> {
  const all = await countAll(visits, merged);
  for await (const outing of readOutings(visits, merged)) {
    const contacts = outing.filter(({ result }) => isContact(result)).length;
    const others = {
      outings: all.outings - 1,
      visits: all.visits - outing.length,
      contacts: all.contacts - contacts,
    };
    yield* findAlerts(await withPlaces(outing, doors), others);
  }
}

/** Every outing that has visits which count, in short; profiles that were `merged` are one person. */
export async function* summariseOutings(
  visits: Visits,
  merged: Merged = NOBODY_MERGED,
): AsyncGenerator<OutingSummary> {
  for await (const outing of readOutings(visits, merged)) {
    const summary = summariseOuting(outing);
    if (summary !== undefined) yield summary;
  }
}

async function countAll(visits: Visits, merged: Merged): Promise<Surroundings> {
  let [outings, count, contacts] = [0, 0, 0];
  for await (const outing of readOutings(visits, merged)) {
    outings += 1;
    count += outing.length;
    contacts += outing.filter(({ result }) => isContact(result)).length;
  }
  return { outings, visits: count, contacts };
}

/** The outings of one name stand together; those of merged profiles, which are few, wait for theirs. */
async function* readOutings({ table }: Visits, merged: Merged): AsyncGenerator<readonly Seen[]> {
  const waiting = new Map<string, Seen[]>();
  if (merged.size > 0) {
    const theirs = { canvasser: { $in: [...merged.keys()] }, undone_at: null };
    for await (const visit of table.streamFields(theirs, FIELDS)) {
      const seen = asOnePerson(visit, merged);
      waiting.set(seen.outing, [...(waiting.get(seen.outing) ?? []), seen]);
    }
  }
  const whole = (name: string, outing: readonly Seen[]): readonly Seen[] => {
    const more = waiting.get(name) ?? [];
    waiting.delete(name);
    return [...outing, ...more];
  };
  let outing: Seen[] = [];
  for await (const visit of table.streamFields({}, FIELDS, { sort: { outing: 1 } })) {
    if (visit.undone_at !== undefined || merged.has(visit.canvasser)) continue;
    const name = outing[0]?.outing;
    if (name !== undefined && name !== visit.outing) {
      yield whole(name, outing);
      outing = [];
    }
    outing.push(visit);
  }
  const [last] = outing;
  if (last !== undefined) yield whole(last.outing, outing);
  yield* waiting.values();
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
