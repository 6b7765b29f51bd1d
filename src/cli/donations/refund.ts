import { randomUUID } from 'node:crypto';
import { createBook } from '../../donations/book/book.js';
import { findDonation } from '../../donations/treasurer/find-donation.js';
import {
  createRefunds,
  leftToReturn,
  type RefundOutcome,
} from '../../donations/treasurer/refunds.js';
import { openGateway } from '../../program/wire-donations.js';
import { readCampaignFile } from '../read-campaign.js';
import { Refusal } from '../refusal.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';
import { money } from './show.js';

type Options = {
  readonly amount?: string;
  readonly authorisedBy: string;
  readonly reason?: string;
  readonly json?: boolean;
};
type Refused = Extract<RefundOutcome, { type: 'refused' }>['reason'];

/** `portevoix donations refund`. */
export async function refundDonation(named: string, options: Options): Promise<void> {
  await withPeople(async ({ donations: tables, settings, ...people }) => {
    const donation = await findDonation(tables, named);
    if (donation === undefined) throw new Refusal(`There is no gift "${named}".`);
    const now = (): number => Date.now();
    const { gateway } = openGateway(settings);
    const refunds = createRefunds({
      tables,
      book: createBook({ tables, people, now }),
      gateway,
      newId: () => randomUUID(),
      report: (error) => {
        throw error;
      },
      now,
    });
    const cents = options.amount === undefined ? undefined : readCents(options.amount);
    const outcome = await refunds.refund({
      donation,
      by: options.authorisedBy,
      ...(cents === undefined ? {} : { cents }),
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    });
    if (outcome.type === 'refused') {
      const agent = (await readCampaignFile(settings.flowsDir))?.donations?.agent;
      const left = money(leftToReturn(donation), donation.currency);
      throw new Refusal(explain(outcome.reason, left, agent));
    }
    if (outcome.type === 'failed') throw new Refusal(`The gateway refuses: ${outcome.reason}`);
    const by = options.authorisedBy;
    await write(
      options.json === true
        ? `${JSON.stringify({ donation: donation._id, refunded_cents: outcome.cents, by })}\n`
        : `Returned ${money(outcome.cents, donation.currency)}, authorised by ${by}.\n`,
    );
  });
}

function readCents(amount: string): number {
  const [, whole, part = '00'] = /^(\d{1,7})(?:[.,](\d{2}))?$/.exec(amount.trim()) ?? [];
  if (whole === undefined) throw new Refusal('Write the amount as 20 or 20.50.');
  return Number(whole) * 100 + Number(part);
}

function explain(reason: Refused, left: string, agent: string | undefined): string {
  switch (reason) {
    case 'not_paid':
      return 'This gift was not paid, so there is nothing to return.';
    case 'not_so_much':
      return `No more than ${left} of this gift can be returned.`;
    case 'no_authorisation':
      return `Nothing is returned without the financial agent${agent === undefined ? '' : ` (${agent})`}: say who with --authorised-by.`;
    case 'disputed':
      return 'The donor disputes this payment at the bank, which decides about it: returning it too would pay it back twice.';
    case 'other_gateway':
      return 'This gift was taken by another gateway than DONATION_GATEWAY says; set that one, and try again.';
    default:
      return reason satisfies never;
  }
}
