import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import { transact, type Transaction } from '../../store/transaction.js';
import type { Reach } from '../../supporters/record.js';
import type { DonationRow } from './donation.js';
import type { LedgerEntry } from './ledger.js';

/**
 * One person and one election: the document that every change of their gifts writes, so that two at once
 * cannot both find room below the ceiling. Somebody with merged profiles has one under each id, and all are
 * written.
 */
export type DonorRow = {
  /** `<election> <supporter>`. */
  readonly _id: string;
  readonly election: string;
  readonly supporter: string;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
  /** What the ledger has to be returned, of gifts under this id; those of all ids count together. */
  readonly to_return_cents: number;
  /** The profile does not tell of the last change yet. */
  readonly stale?: true;
  readonly at: Date;
};

/** A promise to give, once or every month: nothing is charged, it is only reminded of. */
export type PledgeRow = {
  readonly _id: string;
  readonly key: string;
  readonly supporter: string;
  readonly revision: number;
  readonly election: string;
  readonly cents: number;
  readonly monthly: boolean;
  /** The day of the month that was meant. */
  readonly day_of_month: number;
  readonly state: 'active' | 'ended';
  /** Why it ended. */
  readonly ended_by?: 'given' | 'ceiling' | 'window' | 'supporter' | 'opted_out' | 'last';
  /** The day it is reminded of next, and when that is looked at. */
  readonly on: string;
  readonly due: Date;
  /** Times it was reminded of. */
  readonly reminded: number;
  readonly language: string;
  readonly reach: Reach;
  readonly at: Date;
};

export const DONATION_NEWS = ['paid', 'pending', 'failed', 'pledge'] as const;
export type DonationNewsKind = (typeof DONATION_NEWS)[number];

/** Something a donor is still to be told, by a flow that is started for them. */
export type DonationNewsRow = {
  /** `<donation>:<kind>`, or `<pledge>:<n>`. */
  readonly _id: string;
  readonly supporter: string;
  readonly kind: DonationNewsKind;
  readonly donation?: string;
  readonly pledge?: string;
  readonly state: 'due' | 'starting' | 'started' | 'dropped';
  /** When it is to be told, or tried again. */
  readonly due: Date;
  /** The act by which the flow asked what there is to tell. */
  readonly key?: string;
  readonly reach?: Reach;
  readonly at: Date;
};

export type Donations = {
  readonly donations: Table<DonationRow>;
  readonly donors: Table<DonorRow>;
  readonly ledger: Table<LedgerEntry>;
  readonly pledges: Table<PledgeRow>;
  readonly news: Table<DonationNewsRow>;
  transact(work: (transaction: Transaction) => Promise<void>): Promise<boolean>;
};

/** Opens the collections `donations`, `donors`, `ledger`, `pledges` and `donation_news`. */
export function openDonations(connection: Connection): Donations {
  return {
    donations: openTable<DonationRow>(connection, {
      name: 'donations',
      schema: {
        key: String,
        supporter: String,
        election: String,
        ceiling_cents: Number,
        state: String,
        cents: Number,
        currency: String,
        gateway: String,
        until: Date,
        declared: {},
        donor: {},
        session: String,
        url: String,
        payment: String,
        method: String,
        begun: Number,
        paid_cents: Number,
        paid_at: Date,
        late: Boolean,
        again: Boolean,
        refunds: [{}],
        disputes: [{}],
        pledge: String,
        reach: {},
        language: String,
        at: Date,
      },
      indexes: [
        [{ key: 1 }, { unique: true }],
        [{ supporter: 1, election: 1 }],
        [{ state: 1, until: 1 }],
        [{ session: 1 }, { sparse: true }],
        [{ payment: 1 }, { sparse: true }],
        [{ paid_at: 1 }, { sparse: true }],
        [{ at: -1, _id: -1 }],
        [{ state: 1, at: -1, _id: -1 }],
        [{ 'reach.channel': 1, at: -1, _id: -1 }],
      ],
    }),
    donors: openTable<DonorRow>(connection, {
      name: 'donors',
      schema: {
        election: String,
        supporter: String,
        revision: Number,
        to_return_cents: Number,
        stale: Boolean,
        at: Date,
      },
      indexes: [[{ supporter: 1 }], [{ stale: 1 }, { sparse: true }], [{ to_return_cents: 1 }]],
    }),
    ledger: openTable<LedgerEntry>(connection, {
      name: 'ledger',
      schema: {
        donation: String,
        election: String,
        currency: String,
        gateway: String,
        kind: String,
        lines: [{}],
        by: String,
        reason: String,
        at: Date,
      },
      indexes: [[{ donation: 1 }], [{ at: 1 }]],
    }),
    pledges: openTable<PledgeRow>(connection, {
      name: 'pledges',
      schema: {
        key: String,
        supporter: String,
        revision: Number,
        election: String,
        cents: Number,
        monthly: Boolean,
        day_of_month: Number,
        state: String,
        ended_by: String,
        on: String,
        due: Date,
        reminded: Number,
        language: String,
        reach: {},
        at: Date,
      },
      indexes: [[{ key: 1 }, { unique: true }], [{ supporter: 1 }], [{ state: 1, due: 1, _id: 1 }]],
    }),
    news: openTable<DonationNewsRow>(connection, {
      name: 'donation_news',
      schema: {
        supporter: String,
        kind: String,
        donation: String,
        pledge: String,
        state: String,
        due: Date,
        key: String,
        reach: {},
        at: Date,
      },
      indexes: [[{ supporter: 1 }], [{ state: 1, due: 1 }]],
    }),
    transact: (work) => transact(connection, work),
  };
}
