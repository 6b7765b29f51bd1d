import { openDoors } from '../../canvass/doors.js';
import { readStationPoints } from '../../canvass/import/import-stations.js';
import { openResults } from '../../canvass/results.js';
import { openRollAddresses } from '../../canvass/roll.js';
import { assignStations } from '../../canvass/stations/assign-stations.js';
import { withCanvass } from '../canvass/with-canvass.js';
import { write } from '../write.js';
import { describeStations, type FileOptions } from './run-import.js';

/** `portevoix import stations`. */
export async function importStationsFile(file: string, options: FileOptions): Promise<void> {
  const { points, left_out: left } = await readStationPoints(file, options.only);
  await withCanvass(async ({ connection }) => {
    const known = {
      doors: openDoors(connection),
      results: openResults(connection),
      roll: openRollAddresses(connection),
    };
    const assigned = await assignStations(known, points);
    const lines = [
      `${points.length} places of polling stations, ${left} rows left out.`,
      ...(assigned.without === 0
        ? ['Every door has its polling station.']
        : describeStations(assigned)),
    ];
    await write(
      options.json === true
        ? `${JSON.stringify({ points: points.length, left_out: left, stations: assigned })}\n`
        : `${lines.join('\n')}\n`,
    );
  });
}
