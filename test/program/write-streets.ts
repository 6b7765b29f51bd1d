import { openDoors } from '../../src/canvass/doors.js';
import { openTurfs } from '../../src/canvass/turfs.js';
import type { Store } from '../../src/store/connection.js';
import { openAddresses } from '../../src/supporters/addresses.js';
import { openSupporters } from '../../src/supporters/supporters.js';
import { roleRowId } from '../../src/volunteers/volunteer-roles.js';
import { openVolunteers } from '../../src/volunteers/volunteers.js';

/** Writes so many streets of so many doors, each a free turf; a door's id is its address, `3 rue 0`. */
export async function writeStreets(
  { connection }: Store,
  streets: number,
  doorsOfEach: number,
): Promise<void> {
  const at = new Date();
  const [doors, turfs] = [openDoors(connection), openTurfs(connection)];
  for (let street = 0; street < streets; street += 1) {
    const rows = Array.from({ length: doorsOfEach }, (_, n) => {
      const address = `${n + 1} rue ${street}`;
      return {
        _id: address,
        number: String(n + 1),
        street: `rue ${street}`,
        lat: 48.1 + street / 1_000,
        lon: -1.6 + n / 10_000,
        building: address,
        turf: `t${street}`,
        at,
      };
    });
    await doors.table.insertAll(rows);
    await turfs.table.insert({
      _id: `t${street}`,
      name: `Rue ${street}`,
      stations: [],
      doors: rows.map(({ _id }) => ({ door: _id })),
      centre: { lat: 48.1, lon: -1.6 },
      metres: 50,
      canvassers: [],
      state: 'free',
      rank: street,
      revision: 1,
      at,
    });
  }
}

/** Approves whoever is behind these places (channel and address) as canvassers; answers their ids. */
export async function approveCanvassers(
  { connection }: Store,
  places: readonly (readonly [channel: string, address: string])[],
): Promise<readonly string[]> {
  const addresses = openAddresses(connection, openSupporters(connection));
  const { roles } = openVolunteers(connection);
  const ids: string[] = [];
  for (const [channel, address] of places) {
    const { supporter = '' } = (await addresses.find(channel, address)) ?? {};
    const _id = roleRowId('canvasser', supporter);
    const role = { _id, supporter, role: 'canvasser', state: 'approved' } as const;
    await roles.insert({ ...role, revision: 1, at: new Date() });
    ids.push(supporter);
  }
  return ids;
}
