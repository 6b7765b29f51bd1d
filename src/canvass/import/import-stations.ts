import { cellsOf, findColumns } from '../../csv/columns.js';
import { CsvFault } from '../../csv/csv-fault.js';
import { openCsv } from '../../csv/open-csv.js';
import type { StationPoint } from '../stations/station-finder.js';
import { stationCode } from '../station-code.js';
import { readDecimal } from './read-count.js';

/** INSEE's table of addresses and polling stations (REU), or plain columns. */
const POINT_COLUMNS = {
  station: ['station', 'id_brut_bv_reu', 'id_brut_miom', 'code_bv'],
  commune: ['code_commune_ref', 'code_commune', 'code_insee'],
  lat: ['lat', 'latitude'],
  lon: ['lon', 'longitude'],
} as const;

/**
 * Reads places whose polling station is known, such as INSEE's table of addresses by station; with `only`,
 * of stations whose code begins so. Rows that say no place or no station are counted and left out: others
 * nearby tell the same. Held in memory, and kept nowhere.
 */
export async function readStationPoints(
  path: string,
  only: readonly string[] = [],
): Promise<{ readonly points: readonly StationPoint[]; readonly left_out: number }> {
  const csv = await openCsv(path);
  const columns = findColumns(csv.header, POINT_COLUMNS);
  const missing = (['station', 'lat', 'lon'] as const).filter((name) => !columns.has(name));
  if (missing.length > 0) {
    throw new CsvFault(
      `The header names no ${missing.join(', ')}: places of polling stations have station, lat and lon, or the columns of INSEE’s table (id_brut_bv_reu, latitude, longitude).`,
    );
  }
  const points: StationPoint[] = [];
  let leftOut = 0;
  for await (const batch of csv.rows()) {
    for (const row of batch) {
      const cell = cellsOf(row, columns);
      const station = stationCode(cell('station'), cell('commune'));
      const [lat, lon] = [readDecimal(cell('lat')), readDecimal(cell('lon'))];
      const isAskedFor = only.length === 0 || only.some((start) => station.startsWith(start));
      if (station === '' || lat === undefined || lon === undefined || !isAskedFor) leftOut += 1;
      else points.push({ lat, lon, station });
    }
  }
  return { points, left_out: leftOut };
}
