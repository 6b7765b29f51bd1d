import { importResults } from '../../canvass/import/import-results.js';
import { openResults } from '../../canvass/results.js';
import { optionsOf, runImport, type FileOptions } from './run-import.js';

type Options = FileOptions & { readonly election?: string };

/** `portevoix import results`. */
export async function importResultsFile(file: string, options: Options): Promise<void> {
  const { election } = options;
  await runImport('results', options, async (connection, progress) => {
    const results = openResults(connection);
    await results.table.createIndexes();
    return importResults(results, file, {
      ...optionsOf(options, progress),
      ...(election === undefined ? {} : { election }),
    });
  });
}
