import { openDoors } from '../../canvass/doors.js';
import { importDoors } from '../../canvass/import/import-doors.js';
import { assignStations } from '../../canvass/stations/assign-stations.js';
import { openResults } from '../../canvass/results.js';
import { openRollAddresses } from '../../canvass/roll.js';
import { optionsOf, runImport, type FileOptions } from './run-import.js';

/** `portevoix import doors`. */
export async function importDoorsFile(file: string, options: FileOptions): Promise<void> {
  await runImport('doors', options, async (connection, progress) => {
    const doors = openDoors(connection);
    await doors.table.createIndexes();
    const outcome = await importDoors(doors, file, optionsOf(options, progress));
    const known = { doors, results: openResults(connection), roll: openRollAddresses(connection) };
    return { ...outcome, stations: await assignStations(known) };
  });
}
