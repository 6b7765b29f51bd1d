import { refundDone } from '../book/apply-notice.js';
import type { Book } from '../book/book.js';
import { givenCents, type DonationRow, type Refund } from '../book/donation.js';
import type { Donations } from '../book/donations.js';
import { RefundRefused, type Gateway } from '../gateway/gateway.js';

/** A refund that a crash left half-way is asked for again within this: gateways keep its key for a day. */
const RESUMED_WITHIN_MS = 20 * 3_600_000;
const RESUMED_AFTER_MS = 60_000;
const BATCH = 50;

/** What the agent wants returned. */
export type RefundOrder = {
  readonly donation: DonationRow;
  /** Absent: all that is left of it. */
  readonly cents?: number;
  /** Who authorised it: nothing is returned without the agent (art. R. 39-1-1 of the code électoral). */
  readonly by: string;
  readonly reason?: string;
  /** Names what was wanted, so that it is returned once however often it is said; absent: a new one. */
  readonly id?: string;
};

export type RefundOutcome =
  | { readonly type: 'done'; readonly cents: number }
  | {
      readonly type: 'refused';
      readonly reason:
        | 'not_paid'
        | 'not_so_much'
        | 'no_authorisation'
        | 'disputed'
        | 'other_gateway';
    }
  | { readonly type: 'failed'; readonly reason: string };

export type RefundsOptions = {
  readonly tables: Donations;
  readonly book: Book;
  readonly gateway: Pick<Gateway, 'name' | 'refund'>;
  newId(): string;
  report(error: unknown): void;
  now(): number;
};

/** Makes refunds: what is wanted is saved with who authorised it, then the gateway does it, then it is entered. */
export function createRefunds(options: RefundsOptions) {
  const { tables, book, gateway, now } = options;

  async function update(
    { _id, supporter, election }: DonationRow,
    change: (row: DonationRow) => ReturnType<typeof refundDone>,
  ): Promise<void> {
    await book.change(supporter, election, ({ rows }) => {
      const current = rows.find((row) => row._id === _id);
      if (current === undefined) throw new Error('A donation was renamed while it was returned.');
      const { row, movements } = change(current);
      return row === current
        ? { answer: undefined }
        : { answer: undefined, changes: { replace: row, movements } };
    });
  }

  async function make(row: DonationRow, { id, cents }: Refund): Promise<RefundOutcome> {
    const { _id, payment = '' } = row;
    try {
      await gateway.refund({ donation: _id, payment, refund: id, key: id, cents });
    } catch (error) {
      if (!(error instanceof RefundRefused)) throw error;
      await update(row, (current) => ({
        row: {
          ...current,
          refunds: current.refunds.map((one): Refund =>
            one.id === id && one.state === 'asked' ? { ...one, state: 'failed' } : one,
          ),
        },
        movements: [],
      }));
      return { type: 'failed', reason: error.message };
    }
    await update(row, (current) => refundDone(current, id));
    return { type: 'done', cents };
  }

  return {
    async refund({ donation, cents, by, reason, id: named }: RefundOrder): Promise<RefundOutcome> {
      if (by.trim() === '') return { type: 'refused', reason: 'no_authorisation' };
      if (donation.gateway !== gateway.name) return { type: 'refused', reason: 'other_gateway' };
      const { _id, supporter, election } = donation;
      const id = named ?? options.newId();
      const asked = await book.change<Refund | RefundOutcome>(supporter, election, ({ rows }) => {
        const row = rows.find((one) => one._id === _id);
        const known = row?.refunds.find((one) => one.id === id);
        if (known !== undefined) return { answer: known };
        if (row?.state !== 'paid') return { answer: { type: 'refused', reason: 'not_paid' } };
        if (row.disputes.some(({ state }) => state === 'open')) {
          return { answer: { type: 'refused', reason: 'disputed' } };
        }
        const left = leftToReturn(row);
        const wanted = cents ?? left;
        if (!Number.isSafeInteger(wanted) || wanted <= 0 || wanted > left) {
          return { answer: { type: 'refused', reason: 'not_so_much' } };
        }
        const refund: Refund = {
          id,
          cents: wanted,
          state: 'asked',
          by: by.trim(),
          ...(reason === undefined ? {} : { reason }),
          at: new Date(now()),
        };
        const next = { ...row, refunds: [...row.refunds, refund] };
        return { answer: refund, changes: { replace: next } };
      });
      if ('type' in asked) return asked;
      switch (asked.state) {
        case 'asked':
          return make(donation, asked);
        case 'done':
          return { type: 'done', cents: asked.cents };
        case 'failed':
          return { type: 'failed', reason: 'The gateway refused it before.' };
        default:
          return asked.state satisfies never;
      }
    },
    /** Goes on with what a crash left half-way. */
    async resume(): Promise<void> {
      const rows = await tables.donations.find(
        { 'refunds.state': 'asked', gateway: gateway.name },
        { limit: BATCH },
      );
      for (const row of rows) {
        for (const refund of row.refunds.filter((one) => isLeft(one, now()))) {
          await make(row, refund).catch((error: unknown) => options.report(error));
        }
      }
    },
  };
}

/** What may still be asked to go back. */
export function leftToReturn(row: DonationRow): number {
  const asked = row.refunds
    .filter(({ state }) => state === 'asked')
    .reduce((sum, { cents }) => sum + cents, 0);
  return givenCents(row) - asked;
}

function isLeft({ state, at }: Refund, now: number): boolean {
  const age = now - at.getTime();
  return state === 'asked' && age >= RESUMED_AFTER_MS && age <= RESUMED_WITHIN_MS;
}
