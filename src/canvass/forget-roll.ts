import type { Doors } from './doors.js';
import type { RollAddresses } from './roll.js';

const BATCH = 500;

/**
 * Erases all that is kept of the electoral roll, and the polling stations that were told by it; undertakings
 * stay, for they prove that it was read lawfully. May be repeated, and then does what is left.
 */
export async function forgetRoll({
  roll,
  doors: { table },
}: {
  readonly roll: RollAddresses;
  readonly doors: Doors;
}): Promise<{ readonly addresses: number; readonly doors: number }> {
  const addresses = await roll.table.remove({});
  let doors = 0;
  let after = '';
  for (;;) {
    const ids = await table.ids({ station_by: 'roll' }, { after, limit: BATCH });
    const last = ids.at(-1);
    if (last === undefined) return { addresses, doors };
    const rows = await table.find({ _id: { $in: ids } });
    const writes = rows.map((door) => {
      const { station: _, station_by: __, ...row } = door;
      // A turf may be cut, or another file taken in, meanwhile.
      return { query: { at: row.at, turf: row.turf ?? null, station_by: 'roll' }, row };
    });
    // Those that were written to meanwhile are looked at again.
    if (!(await table.replaceAllIf(writes))) continue;
    doors += writes.length;
    after = last;
  }
}
