import { addressOf } from '../../canvass/field/address-of.js';
import { createTally, type Figures } from '../../canvass/live/tally.js';
import type { Doors } from '../../canvass/doors.js';
import type { TurfRow } from '../../canvass/turfs.js';
import type { VisitRow, Visits } from '../../canvass/visits.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { FiguresView, TurfDoorView } from '../api.js';
import { namePeople } from './name-people.js';

/** The doors of a turf in walk order with their last visit that counts, and what all of these come to. */
export async function tellWalk(
  turf: TurfRow,
  tables: {
    readonly doors: Doors;
    readonly visits: Visits;
    readonly supporters: Pick<Supporters, 'table'>;
  },
): Promise<{ readonly doors: TurfDoorView[]; readonly figures?: FiguresView }> {
  const ids = turf.doors.map(({ door }) => door);
  const [rows, visits] = await Promise.all([
    tables.doors.table.find({ _id: { $in: ids } }),
    tables.visits.table.find({ turf: turf._id, undone_at: null }, { sort: { at: 1 } }),
  ]);
  const places = new Map(rows.map((row) => [row._id, row]));
  const last = new Map<string, VisitRow>();
  const tally = createTally();
  for (const visit of visits) {
    last.set(visit.door, visit);
    tally.add(visit);
  }
  const named = await namePeople(
    tables.supporters,
    [...last.values()].map(({ canvasser }) => canvasser),
  );
  const doors = turf.doors.flatMap(({ door, held_by: held, result }): TurfDoorView[] => {
    const row = places.get(door);
    if (row === undefined) return [];
    const { lat, lon, note } = row;
    const visit = last.get(door);
    const isHeld = held !== undefined && result === undefined;
    const told = { id: door, lat, lon, address: addressOf(row), isHeld };
    return [
      {
        ...told,
        ...(note === undefined ? {} : { note }),
        ...(result === undefined ? {} : { result }),
        ...(visit === undefined || result === undefined ? {} : tellVisit(visit, named)),
      },
    ];
  });
  const figures = tally.figures();
  return { doors, ...(figures === undefined ? {} : { figures: tellFigures(figures) }) };
}

function tellVisit(
  { at, canvasser, support_level: level, note }: VisitRow,
  named: Awaited<ReturnType<typeof namePeople>>,
) {
  return {
    at: at.toISOString(),
    by: named(canvasser),
    ...(level === undefined ? {} : { supportLevel: level }),
    ...(note === undefined ? {} : { visitNote: note }),
  };
}

/** Figures as the API names them. */
export function tellFigures(figures: Figures): FiguresView {
  const { contact_rate: contactRate, conversion_rate: conversionRate } = figures;
  return {
    visits: figures.visits,
    contacts: figures.contacts,
    ...(contactRate === undefined ? {} : { contactRate }),
    told: figures.told,
    supporters: figures.supporters,
    ...(conversionRate === undefined ? {} : { conversionRate }),
    results: figures.results,
    firstAt: figures.first_at,
    lastAt: figures.last_at,
  };
}
