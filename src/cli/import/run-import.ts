import type { Connection } from 'mongoose';
import type { ImportOptions } from '../../canvass/import/import-options.js';
import type { AssignedStations } from '../../canvass/stations/assign-stations.js';
import type { ImportProgress } from '../../canvass/import/import-table.js';
import type { ImportOutcome } from '../../canvass/import/outcome.js';
import { readSettings } from '../../config.js';
import { openStore } from '../../store/connection.js';
import { openProgressBar } from '../progress-bar.js';
import { write } from '../write.js';

export type FileOptions = { readonly json?: boolean; readonly only?: readonly string[] };

/** An outcome, and what else was done. */
type Done = ImportOutcome & { readonly stations?: AssignedStations };

/** What the command line says, as an import takes it. */
export function optionsOf({ only }: FileOptions, progress: ImportProgress): ImportOptions {
  return { at: new Date(), progress, ...(only === undefined ? {} : { only }) };
}

/** Opens the store, or joins that of a running server, and imports with a progress bar. */
export async function runImport(
  what: string,
  { json }: FileOptions,
  work: (connection: Connection, progress: ImportProgress) => Promise<Done>,
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

function describe(what: string, outcome: Done): string {
  const { rows, created, changed, unchanged, rejected, left_out: left, rejects } = outcome;
  const parts = [`${created} ${what} new`, `${changed} changed`, `${unchanged} as they were`];
  const lines = [`${rows} rows: ${parts.join(', ')}.`];
  if (left > 0) lines.push(`${left} rows of other places were left out.`);
  if (rejects !== undefined) {
    lines.push(
      `${rejected} rows could not be taken: ${rejects} says why; mend them there, and import that file.`,
    );
  }
  if (outcome.stations !== undefined) lines.push(...describeStations(outcome.stations));
  return `${lines.join('\n')}\n`;
}

/** How doors without a polling station came by one; nothing when all have one. */
export function describeStations(assigned: AssignedStations): readonly string[] {
  const { without, roll, commune, near, untold } = assigned;
  if (without === 0) return [];
  const told = [
    ...(roll === 0 ? [] : [`${roll} by the roll`]),
    ...(commune === 0 ? [] : [`${commune} because their town has only one`]),
    ...(near === 0 ? [] : [`${near} by their neighbours`]),
  ];
  const lines = [
    `${without} doors had no polling station; ${told.length === 0 ? 'none could be told' : `told: ${told.join(', ')}`}.`,
  ];
  if (untold > 0) {
    lines.push(
      `${untold} lie in no area until it is known: give a file of doors with a column station, or take in the roll (portevoix import roll), results, or INSEE’s table of addresses by station (portevoix import stations).`,
    );
  }
  return lines;
}
