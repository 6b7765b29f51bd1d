import type { Merged } from '../../canvass/live/find-merged.js';
import { createTally, hourIn, tallyBy, type Figures } from '../../canvass/live/tally.js';
import { withStreets } from '../../canvass/live/with-streets.js';
import type { Doors } from '../../canvass/doors.js';
import type { Turfs } from '../../canvass/turfs.js';
import type { Visits } from '../../canvass/visits.js';
import type { FigureGroup } from '../api.js';

/** Figures of all visits by one kind of group; names are those of turfs, else the group itself. */
export type CountedVisits = {
  readonly at: string;
  readonly all: Figures | undefined;
  readonly groups: readonly {
    readonly group: string;
    readonly name: string;
    readonly figures: Figures;
  }[];
};

const FIELDS = ['door', 'turf', 'canvasser', 'result', 'support_level', 'at', 'undone_at'] as const;

/** Counts all visits that count, in one stream: hours with the last first, else the most visits first. */
export async function countVisits(
  {
    visits,
    doors,
    turfs,
    timezone,
    merged,
  }: {
    readonly visits: Visits;
    readonly doors: Doors;
    readonly turfs: Turfs;
    readonly timezone: string;
    /** Profiles that were merged are one person. */
    readonly merged: Merged;
  },
  by: FigureGroup,
  at: Date,
): Promise<CountedVisits> {
  const all = createTally();
  const stream = seen(visits.table.streamFields({ undone_at: null }, FIELDS), (visit) =>
    all.add(visit),
  );
  const hourOf = hourIn(timezone);
  const count = () => {
    switch (by) {
      case 'turf':
        return tallyBy(stream, ({ turf }) => turf);
      case 'canvasser':
        return tallyBy(stream, ({ canvasser }) => merged.get(canvasser) ?? canvasser);
      case 'street':
        return tallyBy(withStreets(stream, doors), ({ street }) => street);
      case 'hour':
        return tallyBy(stream, (visit) => hourOf(visit.at));
      default:
        return by satisfies never;
    }
  };
  const counted = await count();
  const names = by === 'turf' ? await turfNames(turfs) : new Map<string, string>();
  const groups = counted.map((row) => ({ ...row, name: names.get(row.group) ?? row.group }));
  return {
    at: at.toISOString(),
    all: all.figures(),
    groups:
      by === 'hour'
        ? groups.toReversed()
        : groups.toSorted(
            (one, other) =>
              other.figures.visits - one.figures.visits || (one.name < other.name ? -1 : 1),
          ),
  };
}

async function* seen<V>(rows: AsyncIterable<V>, see: (row: V) => void): AsyncGenerator<V> {
  for await (const row of rows) {
    see(row);
    yield row;
  }
}

async function turfNames({ table }: Turfs): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { _id, name } of table.streamFields({}, ['name'])) names.set(_id, name);
  return names;
}
