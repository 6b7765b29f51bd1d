import type { Translated } from '../../engine/campaign.js';

/** A question that asks for consent, and by which channel it counts where not for all. */
export type NoticeConsent = { readonly channel?: string; readonly wording: Translated };

/** Something kept of a supporter: what it is called, and how it is asked for. */
export type NoticeField = {
  readonly path: string;
  readonly label?: Translated;
  readonly question?: Translated;
  readonly isOptional: boolean;
};

/** What is kept for one purpose, and on which consent. */
export type NoticePurpose = {
  readonly purpose: string;
  readonly consents: readonly NoticeConsent[];
  readonly fields: readonly NoticeField[];
  /** What else is kept for it: `shifts`, `donations`… */
  readonly records: readonly string[];
};

/** Whom the campaign works with, and what of theirs is reached. */
export type Processor =
  | { readonly type: 'telegram' }
  | { readonly type: 'whatsapp' }
  | { readonly type: 'bot_framework' }
  | { readonly type: 'stripe' }
  /** Where mail goes out by; without a host it is the campaign's own server. */
  | { readonly type: 'mail'; readonly host?: string }
  /** A program that flows call. */
  | { readonly type: 'webhook'; readonly name: string; readonly host: string };

/** All that the privacy notice tells, as the program really works. */
export type PrivacyFacts = {
  readonly purposes: readonly NoticePurpose[];
  /** What is noted without any consent, since no conversation goes without. */
  readonly basics: readonly NoticeField[];
  readonly basicRecords: readonly string[];
  /** The networks on which people can write, web chat among them. */
  readonly channels: readonly string[];
  readonly processors: readonly Processor[];
  readonly keepConversationsDays: number;
  readonly keepProfilesDays: number;
  /** Words that start the flows of rights in the chat; absent: no flow answers them. */
  readonly chatRights: boolean;
};
