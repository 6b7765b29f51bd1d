import type { Call, Nothing, Page } from './shapes.js';

export type DonationState = 'open' | 'pending' | 'paid' | 'failed' | 'expired';
export type DonationCurrency = 'EUR' | 'USD';
export type DonationCountry = 'fr' | 'us' | 'none';

/** What the treasurer should look at. */
export type DonationAnomalyKind =
  | 'over_ceiling'
  | 'same_donor'
  | 'late'
  | 'paid_twice'
  | 'other_amount'
  | 'unidentified'
  | 'refund_unauthorised'
  | 'refund_failed'
  | 'refund_unfinished'
  | 'disputed'
  | 'pending_long';

/** A donation in a list; amounts are in minor units. */
export type DonationListRow = {
  readonly id: string;
  /** How people name it: on the payment page, in the chat and in the books. */
  readonly reference: string;
  readonly state: DonationState;
  /** What was asked for, or what was really paid once it is. */
  readonly cents: number;
  /** What went back or was lost in a dispute; 0: nothing. */
  readonly returnedCents: number;
  readonly currency: DonationCurrency;
  /** When it was begun, and when it was paid. */
  readonly at: string;
  readonly paidAt?: string;
  /** Who gave, as they wrote it on the payment page, else as their profile says; empty: nobody knows. */
  readonly name: string;
  /** The profile it belongs to now; absent: it was erased. */
  readonly supporter?: string;
  readonly channel?: string;
  readonly isTrial: boolean;
};

/** One step of a donation's life, oldest first. */
export type DonationStep = {
  readonly at: string;
  readonly cents?: number;
  /** Who authorised it, and why. */
  readonly by?: string;
  readonly reason?: string;
} & (
  | { readonly type: 'begun' | 'declared' | 'attested' | 'paid' | 'late' | 'expired' }
  | { readonly type: 'refund'; readonly state: 'asked' | 'done' | 'failed' }
  | { readonly type: 'dispute'; readonly state: 'open' | 'won' | 'lost' }
  | { readonly type: 'excess' }
);

/** What one person gave to the election of a donation, against what they may. */
export type DonorBalance = {
  readonly gifts: number;
  readonly givenCents: number;
  /** Held by payment pages that are open. */
  readonly reservedCents: number;
  /** Absent: the law has none. */
  readonly ceilingCents?: number;
  readonly leftCents?: number;
  /** Over the ceiling, to be returned. */
  readonly excessCents: number;
};

/** What the campaign account has to say of a donation (art. R. 39-1 of the code électoral). */
export type DonationRecordField =
  | 'first_name'
  | 'last_name'
  | 'nationality'
  | 'street'
  | 'postal_code'
  | 'city'
  | 'country'
  | 'employer'
  | 'occupation';

/** All that is known of one donation. */
export type DonationView = DonationListRow & {
  readonly election: string;
  readonly country: DonationCountry;
  readonly candidate: string;
  readonly agent: string;
  readonly agentSince: string;
  readonly gateway: string;
  readonly payment: string;
  readonly method: string;
  readonly pledge?: string;
  readonly keptCents: number;
  /** What may still be asked to go back; 0: nothing. */
  readonly returnableCents: number;
  readonly isDisputed: boolean;
  /** Who gave, by the fields of the record that have something in them. */
  readonly donor: { readonly [field in DonationRecordField]?: string };
  /** Fields that the law asks for and nobody filled in. */
  readonly missing: readonly DonationRecordField[];
  readonly declared: {
    readonly isEligible: boolean;
    readonly isOwnMoney: boolean;
    readonly at: string;
    readonly wording?: string;
    readonly attestedAt?: string;
  };
  readonly history: readonly DonationStep[];
  readonly anomalies: readonly { readonly kind: DonationAnomalyKind; readonly cents: number }[];
  readonly balance: DonorBalance;
};

/** What was given in a time, by the day and the channel it came by. */
export type DonationTotals = {
  readonly currency: DonationCurrency;
  readonly country: DonationCountry;
  /** Who alone may take donations; empty: nobody is named. */
  readonly agent: string;
  /** Donations are only tried out: no money moves. */
  readonly isTrial: boolean;
  readonly from: string;
  readonly until: string;
  readonly gifts: number;
  readonly paidCents: number;
  readonly returnedCents: number;
  readonly keptCents: number;
  /** When the latest donation of the time was begun, paid or not; absent: there is none. */
  readonly latestAt?: string;
  /** Each day of the time that has a donation, oldest first. */
  readonly days: readonly {
    readonly day: string;
    readonly gifts: number;
    readonly cents: number;
  }[];
  /** By what was kept, the most first; an empty name: not known. */
  readonly channels: readonly {
    readonly channel: string;
    readonly gifts: number;
    readonly cents: number;
  }[];
};

export type DonationAnomaly = {
  readonly kind: DonationAnomalyKind;
  /** References of the donations it is about. */
  readonly references: readonly string[];
  /** To be returned, or in question. */
  readonly cents: number;
  readonly name?: string;
  readonly supporter?: string;
};

/** What the ledger comes to, in one currency. */
export type LedgerBalance = {
  readonly gateway: string;
  readonly currency: DonationCurrency;
  readonly entries: number;
  readonly accounts: {
    readonly gateway: number;
    readonly disputed: number;
    readonly gifts: number;
    readonly to_return: number;
  };
};

/** A promise to give: nothing is charged, it is only reminded of. */
export type PledgeListRow = {
  readonly id: string;
  readonly name: string;
  readonly supporter?: string;
  readonly cents: number;
  readonly currency: DonationCurrency;
  readonly isMonthly: boolean;
  readonly state: 'active' | 'ended';
  readonly endedBy?: 'given' | 'ceiling' | 'window' | 'supporter' | 'opted_out' | 'last';
  /** The day it is reminded of next. */
  readonly on: string;
  readonly reminded: number;
};

export type DonationsApi = {
  'GET /donations': Call<
    {
      /** A reference or its beginning, a whole id, or the payment's at the gateway. */
      readonly q?: string;
      readonly state?: DonationState;
      readonly channel?: string;
      /** Days on the campaign's clocks, both within. */
      readonly from?: string;
      readonly until?: string;
      readonly before?: string;
      readonly limit?: number;
    },
    Page<DonationListRow>
  >;
  'GET /donations/totals': Call<{ readonly from: string; readonly until: string }, DonationTotals>;
  'GET /donations/anomalies': Call<
    { readonly before?: string; readonly limit?: number },
    Page<DonationAnomaly> & {
      /** When they were looked for; absent: they are being looked for. */
      readonly at?: string;
      readonly count: number;
    }
  >;
  /** How much there is to be looked at, without whom it is about; `at` as with the list. */
  'GET /donations/counts': Call<Nothing, { readonly anomalies: number; readonly at?: string }>;
  'GET /donations/balance': Call<
    Nothing,
    { readonly at: string; readonly items: readonly LedgerBalance[] }
  >;
  'GET /donations/export': Call<{ readonly format: 'csv' | 'json' }, never>;
  'GET /donations/:id': Call<{ readonly id: string }, DonationView>;
  /** Returns a donation or a part of it; nothing goes back without whoever authorises it. */
  'POST /donations/:id/refund': Call<
    {
      readonly id: string;
      /** Absent: all that is left of it. */
      readonly cents?: number;
      readonly by: string;
      readonly reason?: string;
      /** Names the press, so that one that is repeated returns once. */
      readonly key: string;
    },
    DonationView
  >;
  'GET /pledges': Call<
    {
      readonly state: 'active' | 'ended';
      readonly before?: string;
      readonly limit?: number;
    },
    Page<PledgeListRow>
  >;
};
