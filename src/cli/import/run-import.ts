import type { Connection } from 'mongoose';
import type { ImportOptions } from '../../canvass/import/import-options.js';
import type { ImportProgress } from '../../canvass/import/import-table.js';
import type { ImportOutcome } from '../../canvass/import/outcome.js';
import { readSettings } from '../../config.js';
import { openStore } from '../../store/connection.js';
import { openProgressBar } from '../progress-bar.js';
import { write } from '../write.js';

export type FileOptions = { readonly json?: boolean; readonly only?: readonly string[] };

/** What the command line says, as an import takes it. */
export function optionsOf({ only }: FileOptions, progress: ImportProgress): ImportOptions {
  return { at: new Date(), progress, ...(only === undefined ? {} : { only }) };
}

/** Opens the store, or joins that of a running server, and imports with a progress bar. */
export async function runImport(
  what: string,
  { json }: FileOptions,
  work: (connection: Connection, progress: ImportProgress) => Promise<ImportOutcome>,
): Promise<void> {
  const { dataDir, mongodbUri } = readSettings();
  const store = await openStore({ dataDir, mongodbUri, lasting: false });
  const bar = openProgressBar();
  try {
    const outcome = await work(store.connection, ({ share, rows }) =>
      bar.show(share, `${rows} rows`),
    );
    bar.end();
    await write(json === true ? `${JSON.stringify(outcome)}\n` : describe(what, outcome));
    // Nothing could be used: whoever runs this in a script should hear of it.
    if (outcome.rejected > 0 && outcome.rejected === outcome.rows) process.exitCode = 1;
  } finally {
    bar.end();
    await store.close();
  }
}

function describe(what: string, outcome: ImportOutcome): string {
  const { rows, created, changed, unchanged, rejected, left_out: left, rejects } = outcome;
  const parts = [`${created} ${what} new`, `${changed} changed`, `${unchanged} as they were`];
  const lines = [`${rows} rows: ${parts.join(', ')}.`];
  if (left > 0) lines.push(`${left} rows of other places were left out.`);
  if (rejects !== undefined) {
    lines.push(
      `${rejected} rows could not be taken: ${rejects} says why; mend them there, and import that file.`,
    );
  }
  return `${lines.join('\n')}\n`;
}
