import type { Doors } from '../doors.js';
import type { VisitRow, Visits } from '../visits.js';
import { asOnePerson, NOBODY_MERGED, type Merged } from './find-merged.js';
import type { Alert, Surroundings } from './find-alerts.js';
import { summariseOuting, type OutingSummary } from './summarise-outing.js';
import { TALLIED } from './tally.js';
import { placesOf, surroundingsOf, watchOuting } from './watch-outing.js';

const FIELDS = ['door', 'turf', 'canvasser', 'from', 'outing', ...TALLIED] as const;

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
    yield* watchOuting(outing, all, await placesOf(outing, doors));
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
  let all: Surroundings = { outings: 0, visits: 0, contacts: 0 };
  for await (const outing of readOutings(visits, merged)) all = surroundingsOf(outing, all);
  return all;
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
