import type { Call, Nothing, Page } from './shapes.js';

/** One supporter in a list. */
export type SupporterRow = {
  readonly id: string;
  /** Empty where nobody knows it. */
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly town?: string;
  readonly language: string;
  readonly tags: readonly string[];
  readonly channels: readonly string[];
  readonly createdAt: string;
  readonly heardAt?: string;
  /** Somebody of the team has the conversation. */
  readonly isWithTeam: boolean;
};

/** An answer to a request for consent, with its proof (GDPR art. 7(1)). */
export type ConsentRow = {
  readonly purpose: string;
  readonly channel?: string;
  readonly given: boolean;
  readonly wording: string;
  readonly version: string;
  readonly language: string;
  readonly source: string;
  readonly at: string;
};

/** A merge that this profile is part of. */
export type MergeView = {
  readonly id: string;
  readonly kept: string;
  readonly merged: string;
  readonly at: string;
  readonly proof: 'link' | 'code' | 'staff';
  readonly reason?: string;
  readonly undoneAt?: string;
  readonly canUndo: boolean;
};

/** What is known of one supporter. */
export type SupporterView = SupporterRow & {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly emailConfirmedAt?: string;
  readonly postalCode?: string;
  readonly supportLevel?: number;
  readonly place: Readonly<Record<string, string>>;
  /** Names and values as they are kept. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly preferences: readonly { readonly name: string; readonly value: string }[];
  readonly addresses: readonly {
    readonly channel: string;
    readonly address: string;
    readonly reachable: boolean;
    readonly since: string;
  }[];
  /** Purposes in force now. */
  readonly consentsNow: readonly { readonly purpose: string; readonly given: boolean }[];
  readonly merges: readonly MergeView[];
  readonly segments: readonly string[];
  readonly donations?: { readonly count: number; readonly totalCents: number };
};

/** One thing in somebody's history. */
export type TimelineItem = {
  readonly id: string;
  readonly at: string;
  readonly channel?: string;
} & (
  | {
      readonly type: 'message';
      readonly by: 'supporter' | 'assistant' | 'team';
      readonly text: string;
      readonly options?: readonly string[];
      readonly files?: readonly { readonly name: string; readonly media: string }[];
      /** What was pressed, not written. */
      readonly isChoice?: boolean;
    }
  | { readonly type: 'remembered'; readonly field: string; readonly value: string }
  | { readonly type: 'consent'; readonly purpose: string; readonly given: boolean }
  | { readonly type: 'handoff'; readonly what: 'asked' | 'given_back' }
  | {
      readonly type: 'delivery';
      readonly message: string;
      readonly state: string;
      readonly reason?: string;
    }
  | { readonly type: 'note'; readonly by: string; readonly text: string }
);

/** Profiles that may be one person. */
export type DuplicateRow = {
  readonly by: 'email' | 'phone';
  readonly supporters: readonly SupporterRow[];
};

export type SupportersApi = {
  'GET /supporters': Call<
    {
      /** Name, e-mail or phone, or their beginnings. */
      readonly q?: string;
      readonly tag?: string;
      readonly segment?: string;
      readonly before?: string;
      readonly limit?: number;
    },
    Page<SupporterRow>
  >;
  'GET /supporters/filters': Call<
    Nothing,
    {
      readonly tags: readonly string[];
      readonly segments: readonly { readonly name: string; readonly title: string }[];
    }
  >;
  'GET /supporters/:id': Call<{ readonly id: string }, SupporterView>;
  'GET /supporters/:id/timeline': Call<
    { readonly id: string; readonly before?: string; readonly limit?: number },
    Page<TimelineItem>
  >;
  'GET /supporters/:id/consents': Call<
    { readonly id: string },
    { readonly items: readonly ConsentRow[] }
  >;
  'PATCH /supporters/:id': Call<
    {
      readonly id: string;
      readonly firstName?: string;
      readonly lastName?: string;
      readonly email?: string;
      readonly phone?: string;
      readonly postalCode?: string;
      readonly language?: string;
      readonly supportLevel?: number;
      readonly tags?: readonly string[];
    },
    SupporterView
  >;
  /** Withdraws every consent, as somebody asked by other means than the chat. */
  'POST /supporters/:id/withdraw': Call<{ readonly id: string }, SupporterView>;
  'GET /supporters/:id/export': Call<{ readonly id: string }, never>;
  /** Erases everything for good; `confirm` is the word in either language. */
  'POST /supporters/:id/erase': Call<
    { readonly id: string; readonly confirm: string },
    { readonly done: true }
  >;
  'POST /supporters/:id/merge': Call<
    { readonly id: string; readonly other: string; readonly reason: string },
    { readonly merge: string }
  >;
  'POST /merges/:id/undo': Call<{ readonly id: string }, { readonly done: true }>;
  'GET /duplicates': Call<
    Nothing,
    {
      /** When they were looked for; absent: they are being looked for. */
      readonly at?: string;
      readonly items: readonly DuplicateRow[];
    }
  >;
};
