import { writeCsv, type CsvCell } from '../../csv/write-csv.js';
import type { Query } from '../../store/table.js';
import type { AddressRow, Addresses } from '../addresses.js';
import type { SupporterRecord } from '../record.js';
import type { Supporters } from '../supporters.js';
import { columnsFor, type Extras, type TableFormat } from './table-formats.js';

/** Supporters whose addresses are read in one query. */
const BATCH = 500;

/**
 * Streams supporters as a table, its header first, oldest first; never holds more than a batch in memory. A
 * cell that a spreadsheet would run begins with an apostrophe, which the import takes away again.
 */
export async function* exportTable(
  supporters: Pick<Supporters, 'table'>,
  addresses: Pick<Addresses, 'table'>,
  format: TableFormat,
  types: Extras['types'],
  query: Query = {},
): AsyncGenerator<string> {
  const columns = columnsFor(format, { ...(await findExtras(supporters, format, query)), types });
  yield writeCsv([columns.map(({ name }) => name)]);
  let batch: SupporterRecord[] = [];
  const lines = async (): Promise<string> => {
    const bySupporter = new Map<string, AddressRow[]>(batch.map(({ _id }) => [_id, []]));
    const rows = await addresses.table.find({ supporter: { $in: [...bySupporter.keys()] } });
    for (const row of rows) bySupporter.get(row.supporter)?.push(row);
    const cells = batch.map((record) => {
      const own = bySupporter.get(record._id) ?? [];
      return columns.map(({ cell }) => harmless(cell(record, own)));
    });
    batch = [];
    return writeCsv(cells);
  };
  const current: Query = { $and: [query, { erasing: { $exists: false } }] };
  for await (const record of supporters.table.stream(current, { sort: { created_at: 1 } })) {
    batch.push(record);
    if (batch.length === BATCH) yield await lines();
  }
  if (batch.length > 0) yield await lines();
}

/** A table names its columns first, so what people have is looked through before. */
async function findExtras(
  { table }: Pick<Supporters, 'table'>,
  format: TableFormat,
  query: Query,
): Promise<Pick<Extras, 'fields' | 'preferences'>> {
  const fields = new Set<string>();
  const preferences = new Set<string>();
  if (format === 'csv') {
    for await (const record of table.streamFields(query, ['fields', 'preferences'])) {
      for (const name of Object.keys(record.fields)) fields.add(name);
      for (const name of Object.keys(record.preferences)) preferences.add(name);
    }
  }
  return { fields: [...fields].sort(), preferences: [...preferences].sort() };
}

// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** Without signs that no table may have; what looks as if it were made harmless already is told apart. */
function harmless(cell: CsvCell): CsvCell {
  if (typeof cell !== 'string') return cell;
  const text = cell.replace(UNSEEN, '');
  return /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
}
