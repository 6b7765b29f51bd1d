import { z } from 'zod';
import type { DonationRow } from '../../donations/book/donation.js';
import type { Donations } from '../../donations/book/donations.js';
import { exportDonations, EXPORT_FORMATS } from '../../donations/treasurer/export-donations.js';
import { findDonation } from '../../donations/treasurer/find-donation.js';
import { listDonations, searchDonations } from '../../donations/treasurer/list-donations.js';
import type { RefundOrder, RefundOutcome } from '../../donations/treasurer/refunds.js';
import { rememberTotals } from '../../donations/treasurer/remember-totals.js';
import { keptOf } from '../../donations/treasurer/total-donations.js';
import { CHANNELS } from '../../engine/parse/names.js';
import type { Campaign } from '../../engine/campaign.js';
import { currencyOf } from '../../engine/currency.js';
import { nameAll } from '../../supporters/find-current.js';
import type { Supporters } from '../../supporters/supporters.js';
import { viewDonation } from '../donations/view-donation.js';
import { tellDonation } from '../donations/tell-donation.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { day, endOf, spanOf, startOf } from './campaign-days.js';
import { donationRow, donationState, donationTotals, donationView } from './donation-shapes.js';
import { id, limit } from './inputs.js';
import { pageOf } from './supporter-shapes.js';

export type DonationRouteOptions = {
  readonly tables: Donations;
  readonly supporters: Pick<Supporters, 'table'>;
  /** Donations are only tried out: no money moves. */
  readonly trial: boolean;
  refund(order: RefundOrder): Promise<RefundOutcome>;
  campaign(): Campaign;
  now(): number;
};

const USUAL = 50;
/** Totals are of a legislature's worth of days at the most. */
const MOST_DAYS = 800;
const MOST_CENTS = 99_999_900;
const KEY = /^[\w-]{8,64}$/;

/** Routes about donations: the list, one of them, what they come to, the account, and what goes back. */
export function donationRoutes(options: DonationRouteOptions): Route[] {
  const { tables, supporters, trial, campaign } = options;

  const totals = rememberTotals(options);

  async function find(named: string): Promise<DonationRow> {
    const row = await findDonation(tables, named);
    if (row === undefined) throw new ApiRefusal(404, 'not_found', 'There is no such donation.');
    return row;
  }

  return [
    defineRoute<'GET /donations'>({
      type: 'json',
      key: 'GET /donations',
      name: 'listDonations',
      summary: 'Donations, those begun last first; or those of a reference or a payment.',
      access: 'donations.read',
      input: z.strictObject({
        q: z.string().max(100).exactOptional(),
        state: donationState.exactOptional(),
        channel: z.enum(CHANNELS).exactOptional(),
        from: day.exactOptional(),
        until: day.exactOptional(),
        before: z.string().max(200).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: pageOf(donationRow),
      audit: () => ({}),
      async handle({ q = '', from, until, limit: most = USUAL, ...query }) {
        const part =
          q.trim() === ''
            ? await listDonations(tables, {
                ...query,
                trial,
                from: from === undefined ? undefined : startOf(from, campaign()),
                until: until === undefined ? undefined : endOf(until, campaign()),
                limit: most,
              })
            : { items: await searchDonations(tables, q) };
        const names = await nameAll(
          part.items.map((row) => row.supporter),
          supporters.table,
        );
        return { ...part, items: part.items.map((row) => tellDonation(row, names)) };
      },
    }),
    defineRoute<'GET /donations/totals'>({
      type: 'json',
      key: 'GET /donations/totals',
      name: 'totalDonations',
      summary: 'What was given in a time, by the day it was paid and the channel it came by.',
      access: 'donations.read',
      input: z.strictObject({ from: day, until: day }),
      output: donationTotals,
      audit: 'nothing',
      async handle({ from, until }) {
        const { country, timezone, donations } = campaign();
        const time = spanOf({ from, until }, MOST_DAYS, campaign());
        const newest = { trial, from: time.from, until: time.until, limit: 1 };
        const [sums, { items }] = await Promise.all([
          totals.between({ from, until }, timezone),
          listDonations(tables, newest),
        ]);
        const [latest] = items;
        const { gifts, paidCents, returnedCents } = sums;
        return {
          currency: currencyOf(country),
          country,
          agent: donations?.agent ?? '',
          isTrial: trial,
          from,
          until,
          gifts,
          paidCents,
          returnedCents,
          keptCents: keptOf(sums),
          ...(latest === undefined ? {} : { latestAt: latest.at.toISOString() }),
          days: sums.days.map((one) => ({ day: one.day, gifts: one.gifts, cents: keptOf(one) })),
          channels: sums.channels.map((one) => ({
            channel: one.channel,
            gifts: one.gifts,
            cents: keptOf(one),
          })),
        };
      },
    }),
    defineRoute<'GET /donations/export'>({
      type: 'file',
      key: 'GET /donations/export',
      name: 'exportDonations',
      summary: 'Every donation that was paid, with all that the campaign account has to say of it.',
      access: 'donations.read',
      input: z.strictObject({ format: z.enum(EXPORT_FORMATS) }),
      contentType: 'text/csv',
      audit: ({ format }) => ({ about: format }),
      async produce({ format }, { at }) {
        const name = `donations-${at.toISOString().slice(0, 10)}.${format === 'csv' ? 'csv' : 'jsonl'}`;
        return { name, pieces: exportDonations(tables, campaign(), format, trial) };
      },
    }),
    defineRoute<'GET /donations/:id'>({
      type: 'json',
      key: 'GET /donations/:id',
      name: 'viewDonation',
      summary: 'All that is known of one donation, and what its giver gave in all.',
      access: 'donations.read',
      input: z.strictObject({ id }),
      output: donationView,
      audit: 'itself',
      async handle(input, call) {
        const row = await find(input.id);
        await call.note({ action: 'viewDonation', supporter: row.supporter, about: row._id });
        return viewDonation(row, options);
      },
    }),
    defineRoute<'POST /donations/:id/refund'>({
      type: 'json',
      key: 'POST /donations/:id/refund',
      name: 'refundDonation',
      summary: 'Returns a donation or a part of it, once the agent authorises it.',
      access: 'donations.write',
      input: z.strictObject({
        id,
        cents: z.number().int().min(1).max(MOST_CENTS).exactOptional(),
        by: z.string().trim().min(1, 'is missing').max(200, 'is too long'),
        reason: z.string().trim().max(500, 'is too long').exactOptional(),
        key: z.string().regex(KEY),
      }),
      output: donationView,
      audit: (input) => ({ about: input.id }),
      async handle({ id: named, key, reason, ...order }) {
        const donation = await find(named);
        const outcome = await options.refund({
          donation,
          ...order,
          ...(reason === undefined || reason === '' ? {} : { reason }),
          id: key,
        });
        switch (outcome.type) {
          case 'done':
            return viewDonation(await find(donation._id), options);
          case 'refused':
            throw new ApiRefusal(409, outcome.reason, REFUSED[outcome.reason]);
          case 'failed':
            throw new ApiRefusal(409, 'gateway_refused', `The gateway says: ${outcome.reason}`);
          default:
            return outcome satisfies never;
        }
      },
    }),
  ];
}

const REFUSED = {
  not_paid: 'This donation was not paid, so there is nothing to return.',
  not_so_much: 'So much of this donation cannot be returned.',
  no_authorisation: 'Nothing is returned without the agent.',
  disputed: 'The donor disputes this payment at the bank, which decides about it.',
  other_gateway: 'This donation was taken by another gateway than the one that is set now.',
} as const;
