import type { Currency } from '../../engine/currency.js';

/**
 * Where money stands: `gateway` what the payment service holds or paid out to the agent, `disputed` what a
 * bank holds back; `gifts` what the campaign was given, `to_return` what is over the ceiling and goes back
 * once the agent says so. What is had is positive, what is owed or was earned negative.
 */
export const LEDGER_ACCOUNTS = ['gateway', 'disputed', 'gifts', 'to_return'] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

export type LedgerKind =
  | 'paid'
  | 'excess'
  | 'refunded'
  | 'disputed'
  | 'dispute_won'
  | 'dispute_lost';

export type LedgerLine = { readonly account: LedgerAccount; readonly cents: number };

/** One entry; its lines come to nothing together. It is never changed: what was wrong is put right by another. */
export type LedgerEntry = {
  /** `<donation>:<kind>…`, so that nothing is entered twice. */
  readonly _id: string;
  readonly donation: string;
  readonly election: string;
  readonly currency: Currency;
  readonly gateway: string;
  readonly kind: LedgerKind;
  readonly lines: readonly LedgerLine[];
  /** Who authorised it, and why. */
  readonly by?: string;
  readonly reason?: string;
  readonly at: Date;
};

/**
 * The lines of a payment or a refund (negative), by which what is over the ceiling rises by `excess`
 * (negative: falls).
 */
export function linesOfPayment(cents: number, excess: number): readonly LedgerLine[] {
  return balanced([
    ['gateway', cents],
    ['gifts', excess - cents],
    ['to_return', -excess],
  ]);
}

/** A merge or its undoing: gifts that were the campaign's are to be returned, or the other way round. */
export function linesOfExcess(excess: number): readonly LedgerLine[] {
  return balanced([
    ['gifts', excess],
    ['to_return', -excess],
  ]);
}

/** The bank takes a payment back until it is known who is right, or gives it back to us (negative). */
export function linesOfDispute(cents: number): readonly LedgerLine[] {
  return balanced([
    ['disputed', cents],
    ['gateway', -cents],
  ]);
}

/** A dispute that is lost: the money is the donor's again; `excess` changes as with a refund. */
export function linesOfLoss(cents: number, excess: number): readonly LedgerLine[] {
  return balanced([
    ['disputed', -cents],
    ['gifts', cents + excess],
    ['to_return', -excess],
  ]);
}

function balanced(lines: readonly (readonly [LedgerAccount, number])[]): readonly LedgerLine[] {
  const kept = lines
    .filter(([, cents]) => cents !== 0)
    .map(([account, cents]) => ({ account, cents }));
  if (kept.reduce((sum, { cents }) => sum + cents, 0) !== 0) {
    throw new Error('A ledger entry does not come to nothing.');
  }
  return kept;
}
