import { Option, type Command } from 'commander';
import { readSettings } from '../config.js';
import type { ExportedSupporter } from '../supporters/exchange/export-supporters.js';
import { write } from './write.js';

/** `portevoix export …`: works beside a running server, by joining its store. */
export function addExport(program: Command): void {
  const exporting = program.command('export').description('write data out, one record a line');
  exporting
    .command('supporters')
    .description('supporters with addresses and consents')
    .option('--segment <name>', 'only those who are in a segment now')
    .addOption(
      new Option('--format <format>', 'how they are written').choices(TABLES).default('json'),
    )
    .option('--json', 'the same as --format json: one JSON object a line')
    .action(async ({ segment, format, json }: SupporterOptions) => {
      if (json !== true && format !== 'json') {
        await (await import('./export/supporter-table.js')).exportSupporterTable(format, segment);
      } else await (segment === undefined ? exportAll() : exportSegment(segment));
    });
  exporting
    .command('donations')
    .description('gifts that were paid, with everything the campaign account has to tell of them')
    .addOption(
      new Option('--format <format>', 'how they are written').choices(FORMATS).default('csv'),
    )
    .option('--json', 'the same as --format json: one JSON object a line')
    .action(({ format, json }: { readonly format: string; readonly json?: boolean }) =>
      exportGifts(json === true || format === 'json' ? 'json' : 'csv'),
    );
  exporting
    .command('visits')
    .description('visits at doors that count: JSON, CSV, NGP VAN canvass responses, OSDI canvasses')
    .option('--format <format>', 'json, csv, van or osdi', 'json')
    .option(
      '--van-support <ids>',
      'your VAN question on support and its five responses: 1234:11,12,13,14,15',
    )
    .option('--van-result <result=id...>', 'your VAN id of a result, such as language_barrier=29')
    .action(async (options) => {
      await (await import('./canvass/export-visits.js')).exportVisitsTo(options);
    });
}

type SupporterOptions = {
  readonly segment?: string;
  readonly format: string;
  readonly json?: boolean;
};

const FORMATS = ['csv', 'json'];
const TABLES = ['json', 'csv', 'nationbuilder', 'action-network', 'van'];

async function exportGifts(format: 'csv' | 'json'): Promise<void> {
  const { withPeople } = await import('./with-people.js');
  const { readCampaignFile } = await import('./read-campaign.js');
  const { isTrial } = await import('../donations/checkout/is-trial.js');
  const { exportDonations } = await import('../donations/treasurer/export-donations.js');
  await withPeople(async ({ donations, settings }) => {
    const campaign = await readCampaignFile(settings.flowsDir);
    // What was tried out before a real gateway was set is not the account's.
    const trial = isTrial(settings.donations.gateway);
    for await (const piece of exportDonations(donations, campaign, format, trial))
      await write(piece);
  });
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
