import type { Campaign } from '../../engine/campaign.js';
import { PAGE_WORDS } from './page-words.js';
import type { PageOptions } from './render-document.js';
import { renderNotice } from './render-notice.js';

/** Writes the answer to somebody who opens such links too often. */
export function renderTooMany(campaign: Campaign, options: PageOptions): string {
  const { tooMany, tooManyHint } = PAGE_WORDS[options.language];
  return renderNotice(campaign, options, { title: tooMany, text: tooManyHint });
}
