import { stringify } from 'csv-stringify/sync';

export type CsvCell = string | number | boolean | Date | undefined;

/**
 * Rows as lines of CSV; dates in ISO 8601. `forSpreadsheets` keeps a cell that begins like a formula from
 * being one there: what people wrote is shown, never run.
 */
export function writeCsv(
  rows: readonly (readonly CsvCell[])[],
  { delimiter = ',', forSpreadsheets = true } = {},
): string {
  return stringify(
    rows.map((row) => [...row]),
    {
      delimiter,
      escape_formulas: forSpreadsheets,
      cast: { date: (date) => date.toISOString(), boolean: (value) => (value ? 'true' : 'false') },
    },
  );
}
