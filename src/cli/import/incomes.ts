import { openIncomes } from '../../canvass/incomes.js';
import { importIncomes } from '../../canvass/import/import-incomes.js';
import { optionsOf, runImport, type FileOptions } from './run-import.js';

/** `portevoix import incomes`. */
export async function importIncomesFile(file: string, options: FileOptions): Promise<void> {
  await runImport('squares or areas', options, (connection, progress) =>
    importIncomes(openIncomes(connection), file, optionsOf(options, progress)),
  );
}
