import { openDoors } from '../../canvass/doors.js';
import { importRoll } from '../../canvass/import/import-roll.js';
import { openResults } from '../../canvass/results.js';
import { openRollAddresses, openUndertakings, UNDERTAKING } from '../../canvass/roll.js';
import { assignStations } from '../../canvass/stations/assign-stations.js';
import { Refusal } from '../refusal.js';
import { runImport } from './run-import.js';

type Options = {
  readonly undertaking?: string;
  readonly purpose: string;
  readonly json?: boolean;
};

/** `portevoix import roll`. */
export async function importRollFile(file: string, options: Options): Promise<void> {
  const name = options.undertaking?.trim() ?? '';
  if (name === '') {
    throw new Refusal(
      `The electoral roll is open to whoever undertakes to make no commercial use of it. Say who does: --undertaking "First Last". What they undertake, and what is kept: « ${UNDERTAKING} »`,
    );
  }
  const { purpose } = options;
  await runImport('addresses', options, async (connection, progress) => {
    const doors = openDoors(connection);
    await doors.table.createIndexes();
    const roll = openRollAddresses(connection);
    const tables = { roll, undertakings: openUndertakings(connection) };
    const outcome = await importRoll(tables, file, { at: new Date(), name, purpose, progress });
    const known = { doors, results: openResults(connection), roll };
    return { ...outcome, stations: await assignStations(known) };
  });
}
