import type { Campaign } from '../../engine/campaign.js';
import { html } from './html.js';
import { PAGE_WORDS } from './page-words.js';
import { renderDocument, renderTop, type PageOptions } from './render-document.js';

/** Writes the answer to an address that leads nowhere, in the manner of the page. */
export function renderNotFound(campaign: Campaign, options: PageOptions): string {
  const words = PAGE_WORDS[options.language];
  const body = html`${renderTop(campaign, options, undefined)}
    <main class="lost">
      <div class="wrap">
        <h1>${words.missing}</h1>
        <p class="lead">${words.missingHint}</p>
        <a class="button" href="/?lang=${options.language}">${words.home}</a>
      </div>
    </main>`;
  const title = `${words.missing} · ${campaign.name}`;
  return renderDocument(campaign, options, { title, description: words.missingHint, body });
}
