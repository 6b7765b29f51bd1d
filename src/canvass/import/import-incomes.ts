import { CsvFault } from '../../csv/csv-fault.js';
import { openCsv } from '../../csv/open-csv.js';
import type { IncomeRow, Incomes } from '../incomes.js';
import { cellsOf, findColumns } from '../../csv/columns.js';
import { importTable } from './import-table.js';
import type { ImportOutcome } from './outcome.js';
import type { ImportOptions } from './import-options.js';
import { INCOME_COLUMNS, isWithin, readIncome } from './read-income.js';
import { openRejects } from '../../csv/rejects.js';

/** Takes a file of incomes in: INSEE's squares (Filosofi) of mainland France and overseas, or its IRIS. */
export async function importIncomes(
  { table }: Incomes,
  path: string,
  { at, only, progress }: ImportOptions,
): Promise<ImportOutcome> {
  const csv = await openCsv(path);
  // DISP_MED18, DEC_MED20…: the year is a part of the name.
  const header = csv.header.map((name) => name.replace(/^((?:DISP|DEC)_MED)\d{2,4}$/i, '$1'));
  const columns = findColumns(header, INCOME_COLUMNS);
  const squares = columns.has('square') && columns.has('people') && columns.has('sum');
  if (!squares && !(columns.has('iris') && columns.has('median'))) {
    throw new CsvFault(
      `This is no file of incomes: squares need idcar_200m, ind and ind_snv, small areas IRIS and DISP_MED with its year. Its header has: ${csv.header.slice(0, 30).join(', ')}.`,
    );
  }
  return importTable<IncomeRow>(csv, {
    table,
    read(row) {
      const cell = cellsOf(row, columns);
      return only === undefined || isWithin(cell, only) ? readIncome(cell, at) : 'left_out';
    },
    rejects: await openRejects(path, csv),
    ...(progress === undefined ? {} : { progress }),
  });
}
