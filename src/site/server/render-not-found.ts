import type { Campaign } from '../../engine/campaign.js';
import { PAGE_WORDS } from './page-words.js';
import type { PageOptions } from './render-document.js';
import { renderNotice } from './render-notice.js';

/** Writes the answer to an address that leads nowhere. */
export function renderNotFound(campaign: Campaign, options: PageOptions): string {
  const { missing, missingHint } = PAGE_WORDS[options.language];
  return renderNotice(campaign, options, { title: missing, text: missingHint });
}
