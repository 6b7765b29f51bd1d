import type { Connection } from 'mongoose';
import { openDoors, type DoorRow } from '../../../src/canvass/doors.js';
import { openTurfs, type TurfRow } from '../../../src/canvass/turfs.js';
import { openVisits } from '../../../src/canvass/visits.js';

/** Doors of a street, which is a turf. */
const STREET = 60;
/** Doors written together: whole streets. */
const TOGETHER = 3_000;

/** Opens what is kept of doors, with its indexes. */
export async function openTown(connection: Connection) {
  const town = {
    doors: openDoors(connection),
    turfs: openTurfs(connection),
    visits: openVisits(connection),
  };
  for (const { table } of Object.values(town)) await table.createIndexes();
  return town;
}

/** Writes so many doors, street by street, and a free turf for each street. */
export async function writeTown(connection: Connection, count: number): Promise<void> {
  const { doors, turfs } = await openTown(connection);
  for (let from = 0; from < count; from += TOGETHER) {
    const rows = Array.from({ length: Math.min(TOGETHER, count - from) }, (_, at) =>
      doorRow(from + at),
    );
    await doors.table.insertAll(rows);
    await turfs.table.insertAll(
      Array.from({ length: Math.ceil(rows.length / STREET) }, (_, at) =>
        turfRow(rows.slice(at * STREET, (at + 1) * STREET)),
      ),
    );
  }
}

function doorRow(n: number): DoorRow {
  const street = Math.floor(n / STREET);
  const number = (n % STREET) + 1;
  return {
    _id: `d${n}`,
    number: String(number),
    street: `Rue des Sources ${street}`,
    city: 'Valbrume',
    postcode: '35000',
    lat: 47.9 + (street % 700) * 0.0009 + number * 0.00001,
    lon: -2.2 + Math.floor(street / 700) * 0.002 + number * 0.0002,
    station: `35238_${String(street % 60).padStart(4, '0')}`,
    building: `valbrume rue des sources ${street} ${number}`,
    turf: `t${street}`,
    at: new Date(),
  };
}

function turfRow(doors: readonly DoorRow[]): TurfRow {
  const [first] = doors;
  const id = first?.turf ?? '';
  return {
    _id: id,
    name: first?.street ?? id,
    stations: first?.station === undefined ? [] : [first.station],
    doors: doors.map(({ _id }) => ({ door: _id })),
    centre: { lat: first?.lat ?? 0, lon: first?.lon ?? 0 },
    metres: 10 * doors.length,
    canvassers: [],
    state: 'free',
    rank: Number(id.slice(1)),
    revision: 1,
    at: new Date(),
  };
}
