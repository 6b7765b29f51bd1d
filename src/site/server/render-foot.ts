import { html, type Html } from './html.js';
import { PAGE_WORDS } from './page-words.js';
import type { PageOptions, ShownCampaign } from './render-document.js';
import { translate } from './translate.js';

/** Who publishes the site and what else the law wants said, below every page. */
export function renderFoot(campaign: ShownCampaign, { language }: PageOptions): Html {
  const words = PAGE_WORDS[language];
  const { notice, notices } = campaign.site;
  const own = translate(notice, campaign, language);
  return html`<footer class="foot">
    <div class="wrap">
      ${own === undefined ? undefined : html`<p><strong>${words.legal}</strong> · ${own}</p>`}
      ${notices.map(
        ({ title, text }) =>
          html`<p>
            <strong>${translate(title, campaign, language)}</strong> ·
            ${translate(text, campaign, language)}
          </p>`,
      )}
      <p><a href="/privacy?lang=${language}">${words.privacy}</a> · ${words.noCookies}</p>
    </div>
  </footer>`;
}
