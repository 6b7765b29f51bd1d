import { identitiesOf } from '../../supporters/identities.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Book } from '../book/book.js';
import { donationReference, standingOf } from '../book/donation.js';
import type { Donations } from '../book/donations.js';
import { isTrial } from '../checkout/is-trial.js';
import type { Asked, Given } from '../checkout/prompt.js';
import { leftToGive } from '../rules/decide-donation.js';
import type { Telling } from './tell-donations.js';

export type NewsDeskOptions = {
  readonly tables: Donations;
  readonly book: Book;
  readonly telling: Pick<Telling, 'latest'>;
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Where others can talk with the campaign. */
  readonly shareUrl: string;
  now(): number;
};

/** Makes `donation.news`: what the flow that was started for a donor has to tell. */
export function createNewsDesk(options: NewsDeskOptions) {
  const { tables, book } = options;

  async function ofDonation(id: string): Promise<Given> {
    const row = await tables.donations.get(id);
    if (row === undefined) throw new Error('There is no such donation.');
    const { supporter, election, ceiling_cents: ceilingCents, gateway, paid_cents: paid } = row;
    return book.change(supporter, election, ({ rows, toReturnCents }) => {
      const left =
        ceilingCents === undefined
          ? undefined
          : leftToGive({ ceilingCents }, standingOf(rows, options.now()));
      return {
        answer: {
          amount: paid ?? row.cents,
          reference: donationReference(id),
          trial: isTrial(gateway),
          share: options.shareUrl,
          over: toReturnCents,
          gifts: rows.filter(({ state }) => state === 'paid').length,
          ...(left === undefined ? {} : { left }),
        },
      };
    });
  }

  async function ofPledge(id: string): Promise<Given> {
    const row = await tables.pledges.get(id);
    if (row === undefined) throw new Error('There is no such pledge.');
    return {
      amount: row.cents,
      pledge: id,
      monthly: row.monthly,
      last: row.state === 'ended',
      over: 0,
    };
  }

  return async ({ supporter, key }: Asked): Promise<Given> => {
    const record = await options.find(supporter);
    if (record === undefined) throw new Error('There is no such supporter.');
    const row = await options.telling.latest(identitiesOf(record), key);
    if (row === undefined) throw new Error('There is nothing to tell.');
    const more =
      row.donation === undefined
        ? await ofPledge(row.pledge ?? '')
        : await ofDonation(row.donation);
    return { kind: row.kind, ...more };
  };
}
