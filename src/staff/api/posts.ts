import type { PostDraft } from '../../outreach/posts/post-draft.js';
import type { DraftProblemRow } from './messages.js';
import type { Call, Nothing, Page } from './shapes.js';

export type { PostDraft } from '../../outreach/posts/post-draft.js';

export type PostState =
  'planned' | 'sending' | 'sent' | 'failed' | 'skipped' | 'unknown' | 'cancelled';

/** A public post, and what became of it on each network. */
export type PostRowView = {
  readonly id: string;
  readonly name: string;
  readonly content: 'campaign' | 'neutral';
  readonly createdAt: string;
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

export type PostsApi = {
  'GET /posts': Call<{ readonly before?: string; readonly limit?: number }, Page<PostRowView>>;
  'GET /post-options': Call<
    Nothing,
    {
      readonly networks: readonly { readonly name: string; readonly isOn: boolean }[];
      readonly languages: readonly string[];
      readonly election?: { readonly date: string; readonly secondRound?: string };
      readonly timezone: string;
    }
  >;
  /** What is wrong with a post, and how much of its limit each network's text takes. */
  'POST /post-checks': Call<
    { readonly post: PostDraft },
    {
      readonly problems: readonly DraftProblemRow[];
      readonly sizes: readonly {
        readonly network: string;
        readonly count: number;
        readonly most: number;
      }[];
    }
  >;
  'POST /posts': Call<{ readonly post: PostDraft }, PostRowView>;
  'POST /posts/:id/cancel': Call<{ readonly id: string }, PostRowView>;
};
