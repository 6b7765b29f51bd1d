import type { Call, Nothing, Page } from './shapes.js';

export type InboxView = 'waiting' | 'mine' | 'all';

/** One conversation in the inbox. */
export type ConversationRow = {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly language: string;
  /** When they last wrote, or asked for a person. */
  readonly at: string;
  /** The last thing said. */
  readonly last?: { readonly by: 'supporter' | 'assistant' | 'team'; readonly text: string };
  /** Present while somebody of the team has it. */
  readonly handoff?: { readonly since: string; readonly until: string; readonly reason?: string };
  /** They wrote last, and wait. */
  readonly isWaiting: boolean;
  readonly assigned?: { readonly id: string; readonly name: string };
};

/** What staff need beside the words of a conversation. */
export type ConversationView = ConversationRow & {
  /** The network lets us answer until then; absent: always. */
  readonly answerBy?: string;
  /** That time is over: only what the network approved before may be sent. */
  readonly isClosed: boolean;
  /** Ready answers in their language. */
  readonly replies: readonly { readonly name: string; readonly text: string }[];
  /** Why free words are not sent now; ready ones are. */
  readonly silence?: string;
  readonly notes: readonly NoteRow[];
};

/** What somebody of the team wrote about a supporter; they never see it in the chat. */
export type NoteRow = {
  readonly id: string;
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly text: string;
};

/** What happened just now, without a word of it. */
export type LiveEvent =
  /** A turn of a conversation, or something staff did with it. */
  | { readonly type: 'conversation'; readonly supporter: string; readonly at: string }
  /** Something that figures count. */
  | { readonly type: 'figures' };

export type InboxApi = {
  'GET /inbox': Call<
    {
      readonly view: InboxView;
      readonly q?: string;
      readonly channel?: string;
      readonly before?: string;
    },
    Page<ConversationRow>
  >;
  'GET /inbox/counts': Call<Nothing, { readonly waiting: number; readonly mine: number }>;
  'GET /conversations/:id': Call<{ readonly id: string }, ConversationView>;
  'POST /conversations/:id/take': Call<{ readonly id: string }, ConversationView>;
  'POST /conversations/:id/give-back': Call<{ readonly id: string }, ConversationView>;
  /** Words of one's own or a ready answer by name; `key` makes a press that is repeated count once. */
  'POST /conversations/:id/reply': Call<
    {
      readonly id: string;
      readonly key: string;
      readonly text?: string;
      readonly ready?: string;
    },
    { readonly done: true }
  >;
  'PUT /conversations/:id/assigned': Call<
    { readonly id: string; readonly member: string | null },
    ConversationView
  >;
  'POST /conversations/:id/notes': Call<
    { readonly id: string; readonly text: string },
    { readonly note: NoteRow }
  >;
  'DELETE /conversations/:id/notes/:note': Call<
    { readonly id: string; readonly note: string },
    { readonly done: true }
  >;
  /** Who can be assigned. */
  'GET /inbox/agents': Call<
    Nothing,
    { readonly items: readonly { readonly id: string; readonly name: string }[] }
  >;
  /** What happens, as server-sent events. */
  'GET /events': Call<Nothing, LiveEvent>;
};
