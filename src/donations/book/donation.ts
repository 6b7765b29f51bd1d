import type { Currency } from '../../engine/currency.js';
import type { Reach } from '../../supporters/record.js';
import type { Donor } from '../rules/donor.js';

/**
 * `open` holds its amount until `until`; `pending` is paid by a way that takes days, and holds it until
 * the gateway knows; a `paid` one stays so, whatever is returned of it.
 */
export const DONATION_STATES = ['open', 'pending', 'paid', 'failed', 'expired'] as const;
export type DonationState = (typeof DONATION_STATES)[number];

/** Money that went back to the donor, or that somebody wants to go back. */
export type Refund = {
  /** Unique for the donation; the same when it is asked of the gateway again. */
  readonly id: string;
  readonly cents: number;
  readonly state: 'asked' | 'done' | 'failed';
  /** Who authorised it; absent: it was made at the gateway, and nobody told us. */
  readonly by?: string;
  readonly reason?: string;
  readonly at: Date;
};

/** A payment the donor disputes at the bank; while it is `open`, the bank holds the money. */
export type Dispute = {
  readonly id: string;
  readonly cents: number;
  readonly state: 'open' | 'won' | 'lost';
  readonly at: Date;
};

/** What the donor declared, and in which words (art. R. 39-1-1 of the code électoral). */
export type Declaration = {
  readonly eligible: boolean;
  readonly own_money: boolean;
  readonly at: Date;
  /** The words on the payment page they agreed to, with their language; absent: they did not come so far. */
  readonly attested?: { readonly wording: string; readonly language: string; readonly at: Date };
};

/** A gift, from the moment somebody wants to make it. */
export type DonationRow = {
  readonly _id: string;
  /** The act that asked for it; the same act makes one. */
  readonly key: string;
  /** Whose it is, under the id that its address had; see `book.ts` for those who were merged. */
  readonly supporter: string;
  /** The election it counts for, and what its donor might give for that. */
  readonly election: string;
  readonly ceiling_cents?: number;
  readonly state: DonationState;
  readonly cents: number;
  readonly currency: Currency;
  readonly gateway: string;
  /** Until when its amount is held. */
  readonly until: Date;
  readonly declared: Declaration;
  readonly donor?: Donor;
  /** The checkout at the gateway and its page, its payment, and how it was paid. */
  readonly session?: string;
  readonly url?: string;
  readonly payment?: string;
  readonly method?: string;
  /** Times its amount was held again after it had lapsed: each has a page of its own at the gateway. */
  readonly begun: number;
  /** What was really paid. */
  readonly paid_cents?: number;
  readonly paid_at?: Date;
  /** One donation was paid twice: this is the second payment. */
  readonly again?: true;
  /** It was paid when its amount was held no more. */
  readonly late?: true;
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
  /** The pledge it keeps. */
  readonly pledge?: string;
  /** Where it was asked for. */
  readonly reach?: Reach;
  readonly language: string;
  readonly at: Date;
};

/** How people name a gift: on the payment page, in the chat and in the books. */
export function donationReference(id: string): string {
  return id.replaceAll('-', '').slice(0, 10).toUpperCase();
}

/** What is left of a gift once everything that went back is taken off. */
export function givenCents({
  paid_cents: paid = 0,
  refunds,
  disputes,
}: Pick<DonationRow, 'paid_cents' | 'refunds' | 'disputes'>): number {
  const returned = refunds
    .filter(({ state }) => state === 'done')
    .reduce((sum, { cents }) => sum + cents, 0);
  const lost = disputes
    .filter(({ state }) => state === 'lost')
    .reduce((sum, { cents }) => sum + cents, 0);
  return paid - returned - lost;
}

/** What a checkout still holds at an instant. */
export function reservedCents({ state, cents, until }: DonationRow, at: number): number {
  if (state === 'pending') return cents;
  return state === 'open' && until.getTime() > at ? cents : 0;
}

/** What a person has given and holds, by all gifts to one election; `but` leaves one out. */
export function standingOf(
  rows: readonly DonationRow[],
  at: number,
  but?: string,
): { readonly givenCents: number; readonly reservedCents: number } {
  const counted = rows.filter(({ _id }) => _id !== but);
  return {
    givenCents: counted.reduce((sum, row) => sum + givenCents(row), 0),
    reservedCents: counted.reduce((sum, row) => sum + reservedCents(row, at), 0),
  };
}
