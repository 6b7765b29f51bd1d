import type { PostDraft } from '../../outreach/posts/post-draft.js';
import type { DraftProblemRow } from './messages.js';
import type { Call, Nothing, Page } from './shapes.js';

export type { PostDraft } from '../../outreach/posts/post-draft.js';

export type PostState =
  | 'planned'
  | 'sending'
  | 'sent'
  | 'failed'
  | 'skipped'
  | 'unknown'
  | 'cancelled';

/** A public post, and what became of it on each network. */
export type PostRowView = {
  readonly id: string;
  readonly name: string;
  readonly content: 'campaign' | 'neutral';
  readonly createdAt: string;
  /** When staff wanted it. */
  readonly goesAt: string;
  /** What it says where it says the most. */
  readonly text: string;
  readonly hasPicture: boolean;
  readonly sends: readonly {
    readonly network: string;
    readonly state: PostState;
    readonly at: string;
    readonly reason?: string;
    /** Where it is to be seen, where that is an address. */
    readonly url?: string;
  }[];
};

/** Where a post can be made, and what a form about posts offers. */
export type PostOptions = {
  readonly networks: readonly {
    readonly name: string;
    readonly isOn: boolean;
    /** Under which name it posts, where that is known. */
    readonly account?: string;
    /** The settings that turn it on. */
    readonly settings: readonly string[];
  }[];
  /** Characters that the Mastodon instance takes. */
  readonly mastodonLimit: number;
  readonly languages: readonly string[];
  readonly election?: { readonly date: string; readonly secondRound?: string };
  readonly timezone: string;
};

/** The calendar's refusal of a post at its time: it would wait, and be left out when that is too long. */
export type PostRefusal = {
  readonly rule: string;
  readonly until: string;
  /** It would be too old by then, and not be made at all. */
  readonly isTooLate: boolean;
};

export type PostsApi = {
  /** Those to come, the next first; those that are over, the latest first; or those of some days. */
  'GET /posts': Call<
    {
      readonly view?: 'coming' | 'past';
      readonly from?: string;
      readonly until?: string;
      readonly before?: string;
      readonly limit?: number;
    },
    Page<PostRowView>
  >;
  'GET /posts/:id': Call<
    { readonly id: string },
    {
      readonly row: PostRowView;
      /** As a form has it; its picture is a file of its own. */
      readonly post: PostDraft;
      readonly pictureAlt?: string;
    }
  >;
  'GET /posts/:id/picture': Call<{ readonly id: string }, never>;
  'GET /post-options': Call<Nothing, PostOptions>;
  /** What is wrong with a post, and how much of its limit each network's text takes. */
  'POST /post-checks': Call<
    { readonly post: PostDraft },
    {
      readonly problems: readonly DraftProblemRow[];
      /** When it would go, where its time says that. */
      readonly goesAt?: string;
      readonly refusal?: PostRefusal;
      readonly sizes: readonly {
        readonly network: string;
        readonly count: number;
        readonly most: number;
      }[];
    }
  >;
  'POST /posts': Call<{ readonly post: PostDraft }, PostRowView>;
  'POST /posts/:id/cancel': Call<{ readonly id: string }, PostRowView>;
  /** Makes it on one network once more; `anyway` where it may be there already. */
  'POST /posts/:id/retry': Call<
    { readonly id: string; readonly network: string; readonly anyway: boolean },
    PostRowView
  >;
};
