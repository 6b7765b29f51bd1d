import type { Command } from 'commander';
import { readSettings } from '../config.js';
import { write } from './write.js';

/** `portevoix export supporters`: works beside a running server, by joining its store. */
export function addExport(program: Command): void {
  const exporting = program.command('export').description('write data out, one record a line');
  exporting
    .command('supporters')
    .description('every supporter with addresses and consents')
    .option('--json', 'one JSON object a line (the default)')
    .action(async () => {
      const { dataDir, mongodbUri } = readSettings();
      // Loaded here only: the other commands start faster without the store.
      const { openStore } = await import('../store/connection.js');
      const { openAddresses } = await import('../supporters/addresses.js');
      const { openSupporters } = await import('../supporters/supporters.js');
      const { exportSupporters } = await import('../supporters/exchange/export-supporters.js');
      const store = await openStore({ dataDir, mongodbUri, lasting: false });
      try {
        const { connection } = store;
        const supporters = openSupporters(connection);
        const lines = exportSupporters(supporters, openAddresses(connection, supporters));
        for await (const line of lines) await write(`${JSON.stringify(line)}\n`);
      } finally {
        await store.close();
      }
    });
}
