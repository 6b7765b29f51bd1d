import type { GatewayNotice } from '../gateway/gateway.js';
import { reservedCents, type Dispute, type DonationRow, type Refund } from './donation.js';
import type { LedgerKind } from './ledger.js';

/** Money that moved, as the ledger will have it. */
export type Movement = {
  readonly kind: Exclude<LedgerKind, 'excess'>;
  /** What makes the entry unique among those of the donation and its kind. */
  readonly id: string;
  readonly cents: number;
  readonly by?: string;
  readonly reason?: string;
};

/** What a notice makes of a donation: the next row, what moved, and whether the donor is told. */
export type Applied = {
  readonly row: DonationRow;
  readonly movements: readonly Movement[];
  readonly tell?: 'paid' | 'pending' | 'failed';
};

/**
 * Applies what the gateway tells; pure. Whatever comes twice, late or in another order changes nothing
 * more: the same row comes back. What went back, and disputes, are about payments: of a donation that is
 * not paid yet they answer `unpaid`, for its payment has to be heard of first.
 */
export function applyNotice(
  row: DonationRow,
  notice: GatewayNotice,
  at: number,
): Applied | 'unpaid' {
  const same: Applied = { row, movements: [] };
  switch (notice.type) {
    case 'paid':
      return row.state === 'paid' ? same : paid(row, notice, at);
    case 'pending': {
      if (row.state === 'paid' || row.state === 'pending' || row.state === 'failed') return same;
      const { payment } = notice;
      const next = { ...row, ...(payment === undefined ? {} : { payment }) };
      return { row: { ...next, state: 'pending' }, movements: [], tell: 'pending' };
    }
    case 'failed':
      if (row.state !== 'open' && row.state !== 'pending') return same;
      return { row: { ...row, state: 'failed' }, movements: [], tell: 'failed' };
    case 'expired':
      return row.state === 'open' ? { row: { ...row, state: 'expired' }, movements: [] } : same;
    case 'refunded':
      return row.state === 'paid' ? returned(row, notice.cents, at) : 'unpaid';
    case 'refund_failed':
      return row.state === 'paid' ? notReturned(row, notice) : 'unpaid';
    case 'disputed':
      return row.state === 'paid' ? disputed(row, notice, at) : 'unpaid';
    default:
      return notice satisfies never;
  }
}

function paid(
  row: DonationRow,
  { cents, payment, method }: Extract<GatewayNotice, { type: 'paid' }>,
  at: number,
): Applied {
  const isLate = reservedCents(row, at) === 0;
  const next: DonationRow = {
    ...row,
    state: 'paid',
    paid_cents: cents,
    paid_at: new Date(at),
    payment,
    ...(method === undefined ? {} : { method }),
    ...(isLate ? { late: true } : {}),
  };
  return { row: next, movements: [{ kind: 'paid', id: '', cents }], tell: 'paid' };
}

/** What went back in all is known: our own refunds account for it first, the rest nobody told us of. */
function returned(row: DonationRow, total: number, at: number): Applied {
  let missing = total - sumOf(row.refunds.filter(({ state }) => state === 'done'));
  if (missing <= 0) return { row, movements: [] };
  const movements: Movement[] = [];
  const refunds = row.refunds.map((refund): Refund => {
    if (refund.state !== 'asked' || refund.cents > missing) return refund;
    missing -= refund.cents;
    movements.push(movementOf(refund));
    return { ...refund, state: 'done' };
  });
  if (missing > 0) {
    const strange: Refund = {
      id: `gateway-${total}`,
      cents: missing,
      state: 'done',
      at: new Date(at),
    };
    refunds.push(strange);
    movements.push(movementOf(strange));
  }
  return { row: { ...row, refunds }, movements };
}

function notReturned(
  row: DonationRow,
  { refund: named, cents }: Extract<GatewayNotice, { type: 'refund_failed' }>,
): Applied {
  const failed =
    row.refunds.find(({ id }) => id === named) ??
    row.refunds.find((one) => named === undefined && one.cents === cents && one.state === 'done');
  if (failed === undefined || failed.state === 'failed') return { row, movements: [] };
  const refunds = row.refunds.map((one): Refund =>
    one.id === failed.id ? { ...one, state: 'failed' } : one,
  );
  const back = { kind: 'refunded', id: `${failed.id}:failed`, cents: failed.cents } as const;
  return { row: { ...row, refunds }, movements: failed.state === 'done' ? [back] : [] };
}

/** A refund of ours that the gateway made. */
export function refundDone(row: DonationRow, id: string): Applied {
  const done = row.refunds.find((one) => one.id === id);
  if (done === undefined || done.state === 'done') return { row, movements: [] };
  const refunds = row.refunds.map((one): Refund =>
    one.id === id ? { ...one, state: 'done' } : one,
  );
  return { row: { ...row, refunds }, movements: [movementOf(done)] };
}

function movementOf({ id, cents, by, reason }: Refund): Movement {
  return {
    kind: 'refunded',
    id,
    cents: -cents,
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function disputed(
  row: DonationRow,
  { dispute: id, cents, state }: Extract<GatewayNotice, { type: 'disputed' }>,
  at: number,
): Applied {
  const known = row.disputes.find((one) => one.id === id);
  // What is decided stays so, also when its opening is told late.
  if (known !== undefined && (known.state === state || known.state !== 'open')) {
    return { row, movements: [] };
  }
  const next: Dispute = { id, cents: known?.cents ?? cents, state, at: new Date(at) };
  const others = row.disputes.filter((one) => one.id !== id);
  const opening: readonly Movement[] =
    known === undefined ? [{ kind: 'disputed', id, cents: next.cents }] : [];
  return {
    row: { ...row, disputes: [...others, next] },
    movements: [...opening, ...(state === 'open' ? [] : [decided(next)])],
  };
}

function decided({ id, cents, state }: Dispute): Movement {
  return { kind: state === 'won' ? 'dispute_won' : 'dispute_lost', id, cents };
}

function sumOf(refunds: readonly Refund[]): number {
  return refunds.reduce((sum, { cents }) => sum + cents, 0);
}
