import type { TurfRow } from '../../canvass/turfs.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { TurfRowView } from '../api.js';
import { namePeople } from './name-people.js';

/** Turfs as staff see them, with the names of their volunteers. */
export async function tellTurfs(
  rows: readonly TurfRow[],
  supporters: Pick<Supporters, 'table'>,
): Promise<TurfRowView[]> {
  const ids = rows.flatMap(({ canvassers, reserved_for: reserved, leader, help }) => [
    ...canvassers,
    ...[reserved, leader, help?.by].filter((id) => id !== undefined),
  ]);
  const named = await namePeople(supporters, ids);
  return rows.map((row) => {
    const { reserved_for: reserved, leader, help } = row;
    return {
      id: row._id,
      name: row.name,
      state: row.state,
      stations: row.stations,
      doors: row.doors.length,
      done: row.doors.filter(({ result }) => result !== undefined).length,
      metres: row.metres,
      canvassers: row.canvassers.map(named),
      ...(reserved === undefined ? {} : { reservedFor: named(reserved) }),
      ...(leader === undefined ? {} : { leader: named(leader) }),
      ...(help === undefined ? {} : { help: { by: named(help.by), at: help.at.toISOString() } }),
    };
  });
}
