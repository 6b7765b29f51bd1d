import type { DraftTime } from '../messages/message-draft.js';

/** A public post as a form has it: anything may be missing or wrong still. */
export type PostDraft = {
  readonly name: string;
  readonly content: 'campaign' | 'neutral';
  readonly language: string;
  readonly at: DraftTime;
  readonly networks: readonly string[];
  /** For every network that has no text of its own. */
  readonly text: string;
  readonly texts: { readonly [network: string]: string };
  readonly picture?: {
    /** Its bytes, base64. */
    readonly data: string;
    /** What it shows, for those who do not see it. */
    readonly alt: string;
  };
};
