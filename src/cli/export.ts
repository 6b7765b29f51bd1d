import type { Command } from 'commander';
import { readSettings } from '../config.js';
import type { ExportedSupporter } from '../supporters/exchange/export-supporters.js';
import { write } from './write.js';

/** `portevoix export supporters`: works beside a running server, by joining its store. */
export function addExport(program: Command): void {
  const exporting = program.command('export').description('write data out, one record a line');
  exporting
    .command('supporters')
    .description('supporters with addresses and consents')
    .option('--segment <name>', 'only those who are in a segment now')
    .option('--json', 'one JSON object a line (the default)')
    .action(({ segment }: { readonly segment?: string }) =>
      segment === undefined ? exportAll() : exportSegment(segment),
    );
}

async function exportAll(): Promise<void> {
  const { dataDir, mongodbUri } = readSettings();
  // Loaded here only: the other commands start faster without the store.
  const { openStore } = await import('../store/connection.js');
  const { openAddresses } = await import('../supporters/addresses.js');
  const { openSupporters } = await import('../supporters/supporters.js');
  const { exportSupporters } = await import('../supporters/exchange/export-supporters.js');
  const store = await openStore({ dataDir, mongodbUri, lasting: false });
  try {
    const supporters = openSupporters(store.connection);
    await print(exportSupporters(supporters, openAddresses(store.connection, supporters)));
  } finally {
    await store.close();
  }
}

async function exportSegment(name: string): Promise<void> {
  const { withSegments } = await import('./with-segments.js');
  const { compileSegment } = await import('../outreach/segments/compile-segment.js');
  const { exportSupporters } = await import('../supporters/exchange/export-supporters.js');
  await withSegments(async ({ open, supporters, addresses, terms }) => {
    const query = compileSegment(await open(name), new Date(), terms);
    await print(exportSupporters(supporters, addresses, query));
  });
}

async function print(lines: AsyncIterable<ExportedSupporter>): Promise<void> {
  for await (const line of lines) await write(`${JSON.stringify(line)}\n`);
}
