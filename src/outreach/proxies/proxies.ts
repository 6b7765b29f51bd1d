import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import { transact, type Transaction } from '../../store/transaction.js';
import { KEPT_S } from '../election-day/vote-plans.js';
import type { MatchedBy, ProxyPlace } from './match-proxies.js';

export const PROXY_STATES = ['created', 'accepted', 'confirmed', 'cancelled', 'forwarded'] as const;
/** `created` until a volunteer accepts; `confirmed` once it is official; `forwarded` to the team. */
export type ProxyState = (typeof PROXY_STATES)[number];

/** Somebody who looks for somebody to vote in their place in a round. */
export type ProxyRequestRow = {
  /** `<round>:<supporter>`. */
  readonly _id: string;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
  readonly supporter: string;
  readonly round: 1 | 2;
  readonly state: ProxyState;
  readonly place: ProxyPlace;
  /** The proxy will be made out at a consulate. */
  readonly abroad: boolean;
  /** Offers whose volunteers declined, or did not answer. */
  readonly tried: readonly string[];
  /** The offer of the volunteer who is asked, or who accepted, and what brought them together. */
  readonly offer?: string;
  readonly by?: MatchedBy;
  readonly km?: number;
  /** Until when the volunteer may answer. */
  readonly asked_until?: Date;
  /** What the volunteer wants this person to know. */
  readonly told?: { readonly phone?: string; readonly voter_number?: string };
  /** Since when nobody is found. */
  readonly looking_since: Date;
  /** The act that made it. */
  readonly key: string;
  readonly at: Date;
};

/** Somebody who can vote for others in a round. */
export type ProxyOfferRow = {
  /** `<round>:<supporter>`. */
  readonly _id: string;
  readonly revision: number;
  readonly supporter: string;
  readonly round: 1 | 2;
  readonly state: 'open' | 'withdrawn';
  readonly place: ProxyPlace;
  /** Requests they accepted, or are asked about. */
  readonly holds: readonly { readonly request: string; readonly abroad: boolean }[];
  /** The one of these that they have not answered yet. */
  readonly asked?: string;
  readonly key: string;
  readonly at: Date;
};

export const NEWS_KINDS = [
  'ask',
  'found',
  'lost',
  'confirmed',
  'called_off',
  'remind',
  'forward',
] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** Something one of the two is still to be told, by a flow that is started for them. */
export type ProxyNewsRow = {
  readonly _id: string;
  readonly supporter: string;
  readonly kind: NewsKind;
  readonly request: string;
  /** The revision of the request that this follows from. */
  readonly revision: number;
  readonly state: 'due' | 'starting' | 'started' | 'dropped';
  /** When it is to be told, or tried again. */
  readonly due: Date;
  /** The act by which the flow asked what there is to tell. */
  readonly key?: string;
  readonly at: Date;
};

export type Proxies = {
  readonly requests: Table<ProxyRequestRow>;
  readonly offers: Table<ProxyOfferRow>;
  readonly news: Table<ProxyNewsRow>;
  transact(work: (transaction: Transaction) => Promise<void>): Promise<boolean>;
};

/** Opens the collections `proxy_requests`, `proxy_offers` and `proxy_news`. */
export function openProxies(connection: Connection): Proxies {
  const kept = [{ at: 1 as const }, { expireAfterSeconds: KEPT_S }] as const;
  const both = {
    revision: Number,
    supporter: String,
    round: Number,
    state: String,
    place: {},
    key: String,
    at: Date,
  };
  return {
    requests: openTable<ProxyRequestRow>(connection, {
      name: 'proxy_requests',
      schema: {
        ...both,
        abroad: Boolean,
        tried: [String],
        offer: String,
        by: String,
        km: Number,
        asked_until: Date,
        told: {},
        looking_since: Date,
      },
      indexes: [[{ supporter: 1 }], [{ round: 1, state: 1 }], [{ offer: 1 }], kept],
    }),
    offers: openTable<ProxyOfferRow>(connection, {
      name: 'proxy_offers',
      schema: { ...both, holds: [{}], asked: String },
      indexes: [
        [{ supporter: 1 }],
        [{ round: 1, state: 1, 'place.commune': 1 }],
        [{ round: 1, state: 1, 'place.postal_code': 1 }],
        [{ round: 1, state: 1, 'place.department': 1 }],
        kept,
      ],
    }),
    news: openTable<ProxyNewsRow>(connection, {
      name: 'proxy_news',
      schema: {
        supporter: String,
        kind: String,
        request: String,
        revision: Number,
        state: String,
        due: Date,
        key: String,
        at: Date,
      },
      indexes: [[{ supporter: 1 }], [{ state: 1, due: 1 }], kept],
    }),
    transact: (work) => transact(connection, work),
  };
}

/** Those of two who are not the same for good: a match is asked about, accepted or official. */
export function isPaired({ state, offer }: ProxyRequestRow): boolean {
  return offer !== undefined && (state === 'accepted' || state === 'confirmed');
}
