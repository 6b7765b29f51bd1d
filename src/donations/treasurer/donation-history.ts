import type { DonationRow, Refund } from '../book/donation.js';
import type { LedgerEntry } from '../book/ledger.js';

/** One thing that happened to a gift; cents are minor units. */
export type DonationEvent = {
  readonly at: Date;
  readonly cents?: number;
  readonly by?: string;
  readonly reason?: string;
} & (
  | { readonly type: 'begun' | 'declared' | 'attested' | 'paid' | 'late' | 'expired' }
  | { readonly type: 'refund'; readonly state: 'asked' | 'done' | 'failed' }
  | { readonly type: 'dispute'; readonly state: 'open' | 'won' | 'lost' }
  /** It brought its giver over the ceiling, or a merge of profiles did. */
  | { readonly type: 'excess' }
);

/** What became of a gift, oldest first, as its row and the ledger have it; pure. */
export function historyOf(
  row: DonationRow,
  ledger: readonly LedgerEntry[],
  now: number,
): readonly DonationEvent[] {
  const { declared, paid_at: paidAt, until, state } = row;
  const isExpired = state === 'expired' || (state === 'open' && until.getTime() <= now);
  const events: DonationEvent[] = [
    { type: 'declared', at: declared.at },
    { type: 'begun', at: row.at, cents: row.cents },
    ...(declared.attested === undefined
      ? []
      : [{ type: 'attested', at: declared.attested.at } as const]),
    ...(isExpired ? [{ type: 'expired', at: until } as const] : []),
    ...(paidAt === undefined
      ? []
      : [
          {
            type: row.late === true ? 'late' : 'paid',
            at: paidAt,
            cents: row.paid_cents ?? row.cents,
          } as const,
        ]),
    ...row.refunds.flatMap((refund) => stepsOf(refund, row._id, ledger)),
    ...row.disputes.map((one): DonationEvent => {
      const { state: became, at, cents } = one;
      return { type: 'dispute', state: became, at, cents };
    }),
    ...ledger
      .filter(({ lines }) => lines.some(({ account }) => account === 'to_return'))
      .flatMap((entry): DonationEvent[] => {
        const moved = entry.lines.find(({ account }) => account === 'to_return')?.cents ?? 0;
        // What is owed is negative: it grows when the gift goes over the ceiling.
        return moved < 0 ? [{ type: 'excess', at: entry.at, cents: -moved }] : [];
      }),
  ];
  return events
    .map((event, index) => ({ event, index }))
    .sort(
      (one, other) => one.event.at.getTime() - other.event.at.getTime() || one.index - other.index,
    )
    .map(({ event }) => event);
}

/** A refund is asked for by somebody of the team, or made at the gateway; what came of it is in the ledger. */
function stepsOf(
  { id, state, cents, by, reason, at }: Refund,
  donation: string,
  ledger: readonly LedgerEntry[],
): readonly DonationEvent[] {
  const entered = (name: string): Date | undefined =>
    ledger.find(({ _id }) => _id === `${donation}:refunded:${name}`)?.at;
  const about = {
    cents,
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
  };
  const asked: readonly DonationEvent[] =
    by === undefined && state !== 'asked' ? [] : [{ type: 'refund', state: 'asked', at, ...about }];
  switch (state) {
    case 'asked':
      return asked;
    case 'done':
      return [...asked, { type: 'refund', state, at: entered(id) ?? at, ...about }];
    case 'failed':
      return [...asked, { type: 'refund', state, at: entered(`${id}:failed`) ?? at, ...about }];
    default:
      return state satisfies never;
  }
}
