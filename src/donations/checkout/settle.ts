import { applyNotice, refundDone, type Applied } from '../book/apply-notice.js';
import type { Book, Changes } from '../book/book.js';
import type { DonationRow } from '../book/donation.js';
import type { DonationNewsRow, Donations } from '../book/donations.js';
import type { Gateway, GatewayNotice, NoticeAbout } from '../gateway/gateway.js';

/** Times it is looked again whose a donation is, for an erasure may rename it in between. */
const MOST_LOOKS = 3;
const BATCH = 100;
/** How often it is asked about payments that take days. */
const PENDING_MS = 600_000;

/**
 * What became of a notice: heeded (also when it was known already), about nothing of ours, or to be
 * brought again later, because the payment it follows is not known.
 */
export type Settled = 'heeded' | 'unknown' | 'later';

export type SettleOptions = {
  readonly book: Book;
  readonly tables: Donations;
  readonly gateway: Pick<Gateway, 'name' | 'look'>;
  /** Called once what a notice changed is written. */
  settled(row: DonationRow): void;
  report(error: unknown): void;
  now(): number;
};

export type Settling = {
  settle(about: NoticeAbout, notice: GatewayNotice): Promise<Settled>;
  /** Asks the gateway about one checkout, and heeds what it says. */
  ask(donation: string): Promise<void>;
  /** Asks about checkouts that should have ended, and payments that take days. */
  reconcile(): Promise<void>;
  /** Enters a refund of ours that the gateway made. */
  enterRefund(donation: string, refund: string): Promise<void>;
};

/** Takes what gateways tell into the book: in whatever order, and however often they tell it. */
export function createSettling(options: SettleOptions): Settling {
  const { book, tables, gateway, now } = options;

  async function rowOf({
    donation,
    session,
    payment,
  }: NoticeAbout): Promise<DonationRow | undefined> {
    // A second payment of one donation is a row of its own: what names the payment is the surest.
    const queries = [
      ...(payment === undefined ? [] : [{ payment }]),
      ...(donation === undefined ? [] : [{ _id: donation }]),
      ...(session === undefined ? [] : [{ session }]),
    ];
    for (const query of queries) {
      const [row] = await tables.donations.find(query, { limit: 1 });
      if (row !== undefined) return row;
    }
    return undefined;
  }

  async function change(
    found: DonationRow,
    apply: (row: DonationRow) => Applied | 'unpaid',
  ): Promise<'done' | 'unpaid'> {
    let row: DonationRow | undefined = found;
    for (let looks = 0; looks < MOST_LOOKS && row !== undefined; looks += 1) {
      const { _id, supporter, election }: DonationRow = row;
      const answer = await book.change(supporter, election, ({ rows }) => {
        const current = rows.find((one) => one._id === _id);
        if (current === undefined) return { answer: 'moved' as const };
        const applied = apply(current);
        if (applied === 'unpaid') return { answer: 'unpaid' as const };
        const isThere = rows.some((one) => one !== current && one._id === applied.row._id);
        const changes = isThere ? undefined : changesOf(current, applied);
        return { answer: 'done' as const, ...(changes === undefined ? {} : { changes }) };
      });
      if (answer !== 'moved') return answer;
      row = await tables.donations.get(_id);
    }
    return 'done';
  }

  function changesOf(before: DonationRow, { row, movements, tell }: Applied): Changes | undefined {
    if (row === before) return undefined;
    const news = tell === undefined ? [] : [newsOf(row, tell, now())];
    return row._id === before._id
      ? { replace: row, movements, news }
      : { insert: row, movements, news };
  }

  async function settle(about: NoticeAbout, notice: GatewayNotice): Promise<Settled> {
    const row = await rowOf(about);
    if (row === undefined) return 'unknown';
    const apply = (current: DonationRow): Applied | 'unpaid' =>
      applyNotice(again(current, notice, now()), notice, now());
    let outcome = await change(row, apply);
    if (outcome === 'unpaid' && row.session !== undefined) {
      // It came before the payment it follows: the gateway knows by now.
      const first = await gateway.look(row.session);
      if (first?.type === 'paid') {
        await change(row, (current) => applyNotice(current, first, now()));
        outcome = await change(row, apply);
      }
    }
    options.settled(row);
    return outcome === 'done' ? 'heeded' : 'later';
  }

  async function ask(id: string): Promise<void> {
    const row = await tables.donations.get(id);
    if (row === undefined || (row.state !== 'open' && row.state !== 'pending')) return;
    const { session, until } = row;
    const isOver = until.getTime() <= now();
    const notice =
      session !== undefined && row.gateway === gateway.name
        ? await gateway.look(session)
        : isOver
          ? ({ type: 'expired' } as const)
          : undefined;
    if (notice !== undefined && !(notice.type === 'pending' && row.state === 'pending')) {
      await settle({ donation: id }, notice);
    } else if (row.state === 'pending') {
      const later = new Date(now() + PENDING_MS);
      await tables.donations.set({ _id: id, state: 'pending' }, { until: later });
    }
  }

  return {
    settle,
    ask,
    async reconcile() {
      const left = { state: { $in: ['open', 'pending'] }, until: { $lte: new Date(now()) } };
      const rows = await tables.donations.find(left, { sort: { until: 1 }, limit: BATCH });
      for (const { _id } of rows) await ask(_id).catch((error: unknown) => options.report(error));
    },
    async enterRefund(donation, refund) {
      const row = await rowOf({ donation });
      if (row !== undefined) await change(row, (current) => refundDone(current, refund));
    },
  };
}

/**
 * The row that a payment is of. Should one donation be paid twice, on two pages, the second payment is a
 * gift of its own: it is recorded as it came.
 */
function again(row: DonationRow, notice: GatewayNotice, at: number): DonationRow {
  if (notice.type !== 'paid' || row.state !== 'paid' || row.payment === notice.payment) return row;
  const { paid_cents: _cents, paid_at: _at, payment: _one, session: _session, ...rest } = row;
  return {
    ...rest,
    _id: `${row._id}-${notice.payment}`,
    key: `${row.key} ${notice.payment}`,
    again: true,
    state: 'expired',
    refunds: [],
    disputes: [],
    at: new Date(at),
  };
}

function newsOf(
  row: DonationRow,
  kind: 'paid' | 'pending' | 'failed',
  at: number,
): DonationNewsRow {
  const { _id, supporter, reach, begun } = row;
  return {
    // A donation is paid once; it may fail, and be tried again.
    _id: `${_id}:${kind}${kind === 'paid' ? '' : `:${begun}`}`,
    supporter,
    kind,
    donation: _id,
    state: 'due',
    due: new Date(at),
    ...(reach === undefined ? {} : { reach }),
    at: new Date(at),
  };
}
