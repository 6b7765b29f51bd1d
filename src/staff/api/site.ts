import type { Campaign } from '../../engine/campaign.js';
import type { SiteProblem, SiteRules } from '../../engine/site/check-site.js';
import type { SiteContent } from '../../engine/site/site-content.js';
import type { Call, Nothing } from './shapes.js';

/** The page as it is being written, what is in force, and what it stands in. */
export type SiteView = {
  /** 0 while nothing was saved as a draft. */
  readonly revision: number;
  /** The draft, or else what is in force, with words for every language of the campaign. */
  readonly content: SiteContent;
  /** The version that the draft was made from. */
  readonly base?: string;
  readonly author?: string;
  readonly savedAt?: string;
  /** What visitors see. */
  readonly inForce: {
    readonly version: string;
    readonly author: string;
    readonly at: string;
    readonly content: SiteContent;
  };
  readonly rules: SiteRules;
  /** Until when the law wants the page unchanged, in epoch milliseconds; absent: it may change now. */
  readonly silentUntil?: number;
  /** What else the page shows, which `campaign.yaml` says. */
  readonly campaign: Pick<Campaign, 'country'> & {
    readonly candidate?: string;
    readonly election?: {
      readonly name: { readonly [language: string]: string };
      readonly date: string;
      readonly opens: number;
      readonly closes: number;
    };
  };
};

/** One time that the page was published. */
export type SiteHistoryEntry = {
  /** Its number, which sorts as text does. */
  readonly number: string;
  readonly type: 'published' | 'rolled_back';
  readonly version: string;
  readonly author: string;
  readonly comment?: string;
  readonly at: string;
  readonly isInForce: boolean;
};

/** What became of publishing the page. */
export type SitePublishOutcome =
  | { readonly type: 'published'; readonly version: string }
  | { readonly type: 'unchanged' }
  | { readonly type: 'refused'; readonly problems: readonly SiteProblem[] }
  /** The law wants the page unchanged until then. */
  | { readonly type: 'withheld'; readonly until: string }
  /** Somebody published meanwhile. */
  | { readonly type: 'overtaken'; readonly by: string }
  /** The draft is not any more the one that was looked at. */
  | { readonly type: 'changed' }
  | { readonly type: 'unknown' };

/** A picture that was taken. */
export type SitePictureView = {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
};

/** Routes about the campaign's page. */
export type SiteApi = {
  'GET /site': Call<Nothing, SiteView>;
  'PUT /site/draft': Call<
    { revision: number; base?: string; content: SiteContent },
    { revision: number; savedAt: string }
  >;
  'DELETE /site/draft': Call<{ revision: number }, { done: true }>;
  'POST /site/pictures': Call<{ data: string }, SitePictureView>;
  'POST /site/publish': Call<{ revision: number; comment?: string }, SitePublishOutcome>;
  'GET /site/history': Call<
    { before?: string; limit?: number },
    { items: readonly SiteHistoryEntry[]; next?: string }
  >;
  'GET /site/history/:number': Call<{ number: string }, { content: SiteContent }>;
  'POST /site/rollback': Call<{ number: string; comment?: string }, SitePublishOutcome>;
};
