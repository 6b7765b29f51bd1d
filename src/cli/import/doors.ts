import { openDoors } from '../../canvass/doors.js';
import { importDoors } from '../../canvass/import/import-doors.js';
import { optionsOf, runImport, type FileOptions } from './run-import.js';

/** `portevoix import doors`. */
export async function importDoorsFile(file: string, options: FileOptions): Promise<void> {
  await runImport('doors', options, async (connection, progress) => {
    const doors = openDoors(connection);
    await doors.table.createIndexes();
    return importDoors(doors, file, optionsOf(options, progress));
  });
}
