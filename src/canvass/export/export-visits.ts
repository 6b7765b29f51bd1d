import { writeCsv } from '../../csv/write-csv.js';
import type { Doors } from '../doors.js';
import type { VisitRow, Visits } from '../visits.js';
import {
  VISIT_COLUMNS,
  writeOsdi,
  writeVan,
  writeVisitJson,
  writeVisitRow,
  type DoorVisit,
  type VanIds,
} from './write-visit.js';

export const VISIT_FORMATS = ['json', 'csv', 'van', 'osdi'] as const;
export type VisitFormat = (typeof VISIT_FORMATS)[number];

/** Visits whose doors are read in one query. */
const BATCH = 500;

/**
 * Streams visits that count, each on a line; CSV begins with its columns. `leftOut` hears of those that a
 * format has no place for. Never holds more than a batch in memory.
 */
export async function* exportVisits(
  { visits, doors }: { readonly visits: Visits; readonly doors: Doors },
  format: VisitFormat,
  {
    van = {},
    leftOut,
  }: { readonly van?: VanIds; readonly leftOut?: (visit: VisitRow) => void } = {},
): AsyncGenerator<string> {
  if (format === 'csv') yield writeCsv([VISIT_COLUMNS]);
  for await (const batch of readBatches(visits)) {
    const rows = await doors.table.find({
      _id: { $in: [...new Set(batch.map(({ door }) => door))] },
    });
    const known = new Map(rows.map((row) => [row._id, row]));
    for (const visit of batch) {
      const line = writeLine({ visit, door: known.get(visit.door) }, format, van);
      if (line === undefined) leftOut?.(visit);
      else yield line;
    }
  }
}

function writeLine(found: DoorVisit, format: VisitFormat, van: VanIds): string | undefined {
  switch (format) {
    case 'csv':
      return writeCsv([writeVisitRow(found)]);
    case 'json':
      return asLine(writeVisitJson(found));
    case 'osdi':
      return asLine(writeOsdi(found));
    case 'van': {
      const written = writeVan(found, van);
      return written === undefined ? undefined : asLine(written);
    }
    default:
      return format satisfies never;
  }
}

function asLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

async function* readBatches({ table }: Visits): AsyncGenerator<readonly VisitRow[]> {
  let batch: VisitRow[] = [];
  for await (const visit of table.stream({ undone_at: null })) {
    batch.push(visit);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
