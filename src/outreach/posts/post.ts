import type { Content } from '../../engine/calendar/permit.js';
import type { PostNetworkName } from '../../engine/count-post.js';
import type { MessageTime } from '../messages/message.js';

/** What staff wrote. */
export type PostDefinition = {
  readonly name: string;
  readonly content: Exclude<Content, 'service'>;
  readonly at: MessageTime;
  /** The language it is written in, as networks are told. */
  readonly language: string;
  /** What each network shows. */
  readonly texts: { readonly [network in PostNetworkName]?: string };
  readonly picture?: {
    readonly type: 'image/jpeg' | 'image/png';
    /** What it shows, for those who do not see it. */
    readonly alt: string;
  };
};

/** What becomes of a post on one network; `unknown`: it may be there, and is not made again. */
export const POST_STATES = [
  'planned',
  'sending',
  'sent',
  'failed',
  'skipped',
  'unknown',
  'cancelled',
] as const;
export type PostState = (typeof POST_STATES)[number];

/** A post on one network. */
export type PostSend = {
  readonly network: PostNetworkName;
  readonly state: PostState;
  /** Of a planned one, when it is due; of the others, when they got into their state. */
  readonly at: Date;
  /** The network's own id, or address, of what is shown there. */
  readonly shown_as?: string;
  readonly reason?: string;
  /** Times it was tried, or waited. */
  readonly tries?: number;
  /** When staff asked for it once more. */
  readonly again_at?: Date;
};

/** A post as a network takes it. */
export type Posting = {
  readonly text: string;
  readonly language: string;
  readonly picture?: { readonly bytes: Uint8Array; readonly type: string; readonly alt: string };
};
