import { openDoors } from '../../canvass/doors.js';
import { importDoors } from '../../canvass/import/import-doors.js';
import { runImport, type ImportOptions } from './run-import.js';

/** `portevoix import doors`. */
export async function importDoorsFile(file: string, options: ImportOptions): Promise<void> {
  await runImport('doors', options, async (connection, progress) => {
    const doors = openDoors(connection);
    await doors.table.createIndexes();
    return importDoors(doors, file, new Date(), progress);
  });
}
