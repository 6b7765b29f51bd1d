import type { MessageDraft } from '../../outreach/messages/message-draft.js';
import type { Call, Nothing, Page } from './shapes.js';

export type { DraftTime, MessageDraft } from '../../outreach/messages/message-draft.js';

export type MessageState = 'draft' | 'planned' | 'sending' | 'paused' | 'done' | 'cancelled';
export type DeliveryState =
  | 'planned'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'skipped'
  | 'unknown';

/** A message in a list. */
export type MessageRowView = {
  readonly id: string;
  readonly name: string;
  readonly state: MessageState;
  readonly purpose: string;
  readonly content: 'campaign' | 'neutral';
  readonly segment?: string;
  readonly channels: readonly string[];
  readonly createdAt: string;
  /** When it goes, where that is one instant. */
  readonly startsAt?: string;
  readonly endedAt?: string;
  readonly recipients?: number;
};

/** One mistake, by the field of the form it is in. */
export type DraftProblemRow = {
  readonly field: string;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
};

/** How far a message got; each delivery is counted once. */
export type MessageProgress = { readonly [state in DeliveryState]: number } & {
  readonly state: MessageState;
  readonly reasons: { readonly [reason: string]: number };
  /** A second, lately. */
  readonly rate: number;
  readonly endsAt?: string;
};

export type MessageView = {
  readonly row: MessageRowView;
  readonly message: MessageDraft;
  /** Of a draft: the revision that a save, a plan or a send names. */
  readonly revision?: number;
  readonly problems: readonly DraftProblemRow[];
  /** Who saved the draft last. */
  readonly author?: string;
};

/** What a form about messages offers. */
export type MessageOptions = {
  readonly purposes: readonly string[];
  readonly channels: readonly { readonly name: string; readonly isOn: boolean }[];
  readonly languages: readonly string[];
  readonly segments: readonly { readonly name: string; readonly title: string }[];
  readonly flows: readonly {
    readonly name: string;
    readonly purpose: string;
    readonly content: 'campaign' | 'neutral';
  }[];
  /** What words may name, and whether it may have no value. */
  readonly placeholders: readonly { readonly name: string; readonly mayBeAbsent: boolean }[];
  readonly election?: { readonly date: string; readonly secondRound?: string };
  readonly timezone: string;
};

/** A span of time, in epoch milliseconds. */
export type TimeSpan = { readonly from: number; readonly until: number };

export type PlanView = {
  readonly recipients: number;
  /** Why people cannot be reached, and how many of each. */
  readonly cannot: { readonly [reason: string]: number };
  /** Who could not be served in time, and what is in the way. */
  readonly late: { readonly [reason: string]: number };
  readonly start?: number;
  readonly end?: number;
  readonly latestSafeStart?: number;
  /** The send along a line of time. */
  readonly picture: TimeSpan & {
    readonly now: number;
    readonly channels: readonly {
      readonly channel: string;
      readonly recipients: number;
      readonly rate: number;
      readonly sends: readonly TimeSpan[];
    }[];
    readonly calendars: readonly {
      readonly territories: readonly string[];
      readonly people: number;
      readonly due: number;
      readonly expires?: number;
      readonly closed: readonly (TimeSpan & { readonly rule: string })[];
      readonly polls: readonly TimeSpan[];
    }[];
  };
};

/** Where a test goes, or went. */
export type TestPlace = { readonly channel: string; readonly isTheirs: boolean };

export type MessagesApi = {
  'GET /messages': Call<
    { readonly before?: string; readonly state?: MessageState; readonly limit?: number },
    Page<MessageRowView>
  >;
  'GET /message-options': Call<Nothing, MessageOptions>;
  'GET /messages/:id': Call<{ readonly id: string }, MessageView>;
  /** Keeps a new draft. */
  'POST /messages': Call<{ readonly message: MessageDraft }, MessageView>;
  'PUT /messages/:id': Call<
    { readonly id: string; readonly message: MessageDraft; readonly revision: number },
    MessageView
  >;
  'DELETE /messages/:id': Call<
    { readonly id: string; readonly revision: number },
    { readonly done: true }
  >;
  /** What is wrong with a draft, and how its words read; keeps nothing. */
  'POST /message-checks': Call<
    { readonly message: MessageDraft },
    {
      readonly problems: readonly DraftProblemRow[];
      /** The words of each language as somebody reads them. */
      readonly previews: { readonly [language: string]: string };
    }
  >;
  'GET /messages/:id/plan': Call<{ readonly id: string }, PlanView>;
  /** Sends it to whoever asks, and to nobody else. */
  'POST /messages/:id/test': Call<
    { readonly id: string; readonly language: string },
    { readonly sent: readonly TestPlace[]; readonly failed: readonly TestPlace[] }
  >;
  'POST /messages/:id/send': Call<
    { readonly id: string; readonly revision: number; readonly anyway: boolean },
    MessageView
  >;
  'GET /messages/:id/progress': Call<{ readonly id: string }, MessageProgress>;
  'POST /messages/:id/pause': Call<{ readonly id: string }, MessageProgress>;
  'POST /messages/:id/resume': Call<{ readonly id: string }, MessageProgress>;
  'POST /messages/:id/cancel': Call<{ readonly id: string }, MessageProgress>;
  /** Sends again what may have arrived or not: some get it twice. */
  'POST /messages/:id/resend': Call<{ readonly id: string }, { readonly resent: number }>;
};
