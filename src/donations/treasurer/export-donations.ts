import { writeCsv } from '../../csv/write-csv.js';
import type { Campaign } from '../../engine/campaign.js';
import type { Donations } from '../book/donations.js';
import { describeDonation, DONATION_COLUMNS } from './describe-donation.js';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Writes every gift that was paid, or in a `trial` every one that was tried out, in the order of payment: a line each. */
export async function* exportDonations(
  { donations }: Pick<Donations, 'donations'>,
  campaign: Campaign | undefined,
  format: ExportFormat,
  trial: boolean,
): AsyncIterable<string> {
  const paid = { state: 'paid', gateway: trial ? 'sandbox' : { $ne: 'sandbox' } };
  if (format === 'csv') yield writeCsv([DONATION_COLUMNS]);
  for await (const row of donations.stream(paid, { sort: { paid_at: 1 } })) {
    const described = describeDonation(row, campaign);
    yield format === 'json'
      ? `${JSON.stringify(described)}\n`
      : writeCsv([DONATION_COLUMNS.map((column) => described[column])]);
  }
}
