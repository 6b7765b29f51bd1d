import { CsvFault } from '../../csv/csv-fault.js';
import { openCsv } from '../../csv/open-csv.js';
import type { DoorRow, Doors } from '../doors.js';
import { cellsOf, findColumns } from '../../csv/columns.js';
import type { ImportOptions } from './import-options.js';
import { importTable } from './import-table.js';
import type { ImportOutcome } from './outcome.js';
import { DOOR_COLUMNS, NEEDED_DOOR_COLUMNS, readDoor } from './read-door.js';
import { openRejects } from '../../csv/rejects.js';

/**
 * Takes a file of doors in: plain columns, or those of the Base adresse nationale. A door that is there
 * keeps its turf, and its station where the file says none; visits are never touched.
 */
export async function importDoors(
  { table }: Doors,
  path: string,
  { at, only, progress }: ImportOptions,
): Promise<ImportOutcome> {
  const csv = await openCsv(path);
  const columns = findColumns(csv.header, DOOR_COLUMNS);
  const missing = NEEDED_DOOR_COLUMNS.filter((name) => !columns.has(name));
  if (missing.length > 0) {
    throw new CsvFault(
      `The header names no ${missing.join(', ')}: a file of doors has the columns external_id, number, suffix, street, floor, flat, postcode, city, lat, lon, station, note, or those of the Base adresse nationale. It has: ${csv.header.slice(0, 30).join(', ')}.`,
    );
  }
  return importTable<DoorRow>(csv, {
    table,
    read(row) {
      const cell = cellsOf(row, columns);
      const isAskedFor = only?.some((start) => cell('commune').startsWith(start)) ?? true;
      return isAskedFor ? readDoor(cell, at) : 'left_out';
    },
    rejects: await openRejects(path, csv),
    merge: mergeDoor,
    // Turfs may be cut meanwhile.
    guard: ({ turf }) => ({ turf: turf ?? null }),
    ...(progress === undefined ? {} : { progress }),
  });
}

/** What becomes of a door that a file tells of again. */
export function mergeDoor(kept: DoorRow, fresh: DoorRow): DoorRow {
  const { turf, station, station_by: by } = kept;
  return {
    ...fresh,
    ...(turf === undefined ? {} : { turf }),
    ...(fresh.station !== undefined || station === undefined
      ? {}
      : { station, ...(by === undefined ? {} : { station_by: by }) }),
  };
}
