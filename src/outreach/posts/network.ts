import type { Permit, Refusal } from '../../engine/calendar/permit.js';
import type { Posting } from './post.js';

/** What became of a post; withheld, it never reached the network. */
export type PostOutcome =
  | { readonly type: 'sent'; readonly id: string }
  | { readonly type: 'withheld'; readonly refusal: Refusal }
  /** It surely is not there; later it may be tried again. */
  | { readonly type: 'not_yet'; readonly reason: string; readonly retryAfterMs?: number }
  /** It surely is not there, and will not be. */
  | { readonly type: 'failed'; readonly reason: string }
  /** Nobody knows whether it is there. */
  | { readonly type: 'in_doubt'; readonly reason: string };

/** A network where posts are made; `mayLeave` is asked in the last moment before everybody can see it. */
export type PostNetwork = {
  publish(id: string, posting: Posting, mayLeave: () => Permit | Refusal): Promise<PostOutcome>;
};
