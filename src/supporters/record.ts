import type { Json } from '../engine/json.js';
import type { Purpose } from '../engine/flow.js';
import { NEW_SESSION, type Session } from '../engine/session.js';
import type { News } from './happening.js';
import type { OutboxItem } from './outbox-item.js';
import type { Place, PlaceField } from './places/place.js';

/**
 * One answer to a request for consent, with what is needed to prove it later: the wording shown, its
 * version and language, when, and where it was asked (GDPR art. 7(1)).
 */
export type ConsentRecord = {
  readonly purpose: Purpose;
  /** Absent: for every channel. */
  readonly channel?: string;
  readonly given: boolean;
  readonly wording: string;
  readonly version: string;
  readonly language: string;
  /** `<flow>.<step>` that asked, or `stop` for a withdrawal. */
  readonly source: string;
  readonly at: Date;
};

/** What other domains know of a supporter, in short; each part is kept by its own domain. */
export type Summary = {
  readonly donations?: {
    readonly count: number;
    readonly totalCents: number;
    readonly lastAt: Date;
  };
  /** They said "not now": until then nobody asks them for money by message. */
  readonly donationsNotBefore?: Date;
  /** How many signups stand in each state. */
  readonly signups?: { readonly [state in SignupState]?: number };
  readonly visits?: {
    readonly count: number;
    readonly lastResult: VisitResult;
    readonly lastAt: Date;
  };
};

export const SIGNUP_STATES = [
  'invited',
  'scheduled',
  'confirmed',
  'completed',
  'no_show',
  'declined',
] as const;
export type SignupState = (typeof SIGNUP_STATES)[number];

export const VISIT_RESULTS = [
  'not_home',
  'refused',
  'inaccessible',
  'moved',
  'deceased',
  'vacant',
  'canvassed',
  'lit_dropped',
  'language_barrier',
] as const;
export type VisitResult = (typeof VISIT_RESULTS)[number];

/** Where a supporter was last reached. */
export type Reach = { readonly channel: string; readonly address: string };

/**
 * A person of the team has the conversation: flows are silent but for what the supporter may always
 * ask for. It ends when staff close it, or at `until`.
 */
export type Handoff = {
  readonly at: Date;
  /** Always true: a handoff that ended leaves the record. */
  readonly open: true;
  /** Why the flow asked for a person. */
  readonly reason?: string;
  /** Turn of the session that asked for it; a question asked later is the flows' own again. */
  readonly turn: number;
  /** When the assistant speaks again by itself. */
  readonly until: Date;
  /** The supporter knows that somebody will answer, or has an answer: it is not said again. */
  readonly told?: boolean;
  /** The last answer of staff that was taken, by the key of the press that sent it. */
  readonly answered?: string;
};

/** What was found out of where a supporter lives, when, and from what. */
export type Located = {
  /** The postal code it was looked up by, and the commune they had chosen then. */
  readonly postal_code: string;
  readonly commune?: string;
  /** Where it was looked up, with the version. */
  readonly source: string;
  readonly at: Date;
  /** The fields of the profile that come from it; the others the supporter told. */
  readonly fields: readonly PlaceField[];
};

/** What an import gave, and where it came from (GDPR art. 14(2)(f): the source of what people did not tell). */
export type ImportedPart = {
  /** Names the row of the file, whatever else changes in it. */
  readonly row: string;
  readonly format: string;
  /** The file that last changed something. */
  readonly file: string;
  readonly at: Date;
  /** By path, what the import itself wrote; what the person told is theirs. */
  readonly given: { readonly [path: string]: Json };
  readonly tags: readonly string[];
};

/** The process that performs an outbox, and until when others leave it alone. */
export type Lease = { readonly owner: string; readonly until: Date };

/**
 * One supporter: the profile, the consents, the position in the flows and what is still to be done.
 * It is written whole under its `revision`, and stays under 64 kB (`bounds.ts`).
 */
export type SupporterRecord = { readonly [field in keyof Place]?: string } & {
  readonly _id: string;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
  /** Names the very write that made this revision. */
  readonly written?: string;
  /** Counts the turns; message and journal ids come from it. */
  readonly turns: number;
  /** When the supporter last wrote, tapped or opened the chat; absent for whoever never did. */
  readonly heard_at?: Date;
  readonly created_at: Date;
  readonly language: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly email?: string;
  /** When its owner followed the link in the confirmation mail. */
  readonly email_confirmed_at?: Date;
  readonly phone?: string;
  readonly postal_code?: string;
  /** Present once the postal code was looked up. */
  readonly located?: Located;
  readonly support_level?: number;
  readonly preferences: { readonly [name: string]: Json };
  readonly fields: { readonly [name: string]: Json };
  readonly tags: readonly string[];
  readonly consents: readonly ConsentRecord[];
  /** The answers that hold now (`consents-now.ts`), made of `consents` whenever the record is saved. */
  readonly consents_now?: readonly string[];
  /** What staff find them by (`search-words.ts`), made whenever the record is saved. */
  readonly search?: readonly string[];
  /** Channels with an address that can be reached, made of `addresses` whenever one of them changes. */
  readonly reachable_on?: readonly string[];
  /** What other domains did with this supporter; absent: nothing. */
  readonly summary?: Summary;
  /** What happened and was not heeded yet; absent: nothing. */
  readonly news?: readonly News[];
  readonly session: Session;
  /** The address last written from. */
  readonly last: Reach;
  /** Fingerprints of the inputs last seen, by fingerprint of the address. */
  readonly seen: { readonly [address: string]: readonly string[] };
  readonly outbox: readonly OutboxItem[];
  readonly lease?: Lease;
  /** When the session next needs an `elapsed` event. */
  readonly due?: Date;
  /** Present while a person of the team has the conversation. */
  readonly handoff?: Handoff;
  /**
   * Ids of profiles that were merged into this one: journal, mails and what other domains keep stay under
   * the id they were written with.
   */
  readonly merged_from?: readonly string[];
  /** What files of other programs told; absent: nothing. */
  readonly imported?: readonly ImportedPart[];
  /** When the erasure of everything about this supporter began; no turn is taken from then on. */
  readonly erasing?: Date;
};

/** A supporter nobody has met: no consent, no session. */
export function newSupporter(id: string, language: string, last: Reach, at: Date): SupporterRecord {
  return {
    _id: id,
    revision: 0,
    turns: 0,
    created_at: at,
    language,
    preferences: {},
    fields: {},
    tags: [],
    consents: [],
    session: NEW_SESSION,
    last,
    seen: {},
    outbox: [],
  };
}
