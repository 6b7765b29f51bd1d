import type { Command } from 'commander';

type Options = { readonly json?: boolean };
type RefundOptions = Options & {
  readonly amount?: string;
  readonly authorisedBy: string;
  readonly reason?: string;
};

/** `portevoix donations …`: what the treasurer sees of gifts, and does with them. */
export function addDonations(program: Command): void {
  const donations = program
    .command('donations')
    .description('gifts: what was given, by whom, what goes back, and what is to be looked at');
  donations
    .command('list')
    .description('gifts that were paid, the latest first')
    .option('--all', 'those that were not paid, too')
    .option('--json', 'one JSON object a line')
    .action(async (options: Options & { readonly all?: boolean }) => {
      await (await import('./donations/show.js')).listDonations(options);
    });
  donations
    .command('show')
    .description('one gift with its donor, its declarations and its entries in the ledger')
    .argument('<reference>', 'the reference of the gift, or its id')
    .option('--json', 'print it as JSON')
    .action(async (reference: string, options: Options) => {
      await (await import('./donations/show.js')).showDonation(reference, options);
    });
  donations
    .command('refund')
    .description('return a gift, or a part of it, to its donor')
    .argument('<reference>', 'the reference of the gift, or its id')
    .requiredOption('--authorised-by <name>', 'the financial agent who authorises it')
    .option('--amount <amount>', 'how much, such as 20 or 20.50; without it, all that is left')
    .option('--reason <words>', 'why, for the ledger')
    .option('--json', 'print the outcome as JSON')
    .action(async (reference: string, options: RefundOptions) => {
      await (await import('./donations/refund.js')).refundDonation(reference, options);
    });
  donations
    .command('anomalies')
    .description('what to look at: gifts over the ceiling, late, disputed, returned unasked')
    .option('--json', 'one JSON object a line')
    .action(async (options: Options) => {
      await (await import('./donations/anomalies.js')).listAnomalies(options);
    });
  donations
    .command('balance')
    .description('what the ledger comes to')
    .option('--json', 'one JSON object a line')
    .action(async (options: Options) => {
      await (await import('./donations/show.js')).showBalance(options);
    });
  donations
    .command('pledges')
    .description('promises to give that are still reminded of, the next day first')
    .option('--json', 'one JSON object a line')
    .action(async (options: Options) => {
      await (await import('./donations/show.js')).listPledges(options);
    });
}
