import type { Campaign } from '../../engine/campaign.js';
import { html, type Html } from './html.js';
import { PAGE_WORDS } from './page-words.js';
import { renderDocument, renderTop, type PageOptions } from './render-document.js';

/** One sentence to a visitor, and what they can do: press a button, or go to the page. */
export type Notice = {
  readonly title: string;
  readonly text?: string;
  /** Label of a button that posts to the same address. */
  readonly confirm?: string;
  /** Another way, beside the button. */
  readonly other?: { readonly label: string; readonly url: string };
  /** Shown in place of a way on. */
  readonly picture?: Html;
};

/** Writes a page that says one thing, in the manner of the campaign's page. */
export function renderNotice(campaign: Campaign, options: PageOptions, notice: Notice): string {
  const { title, text, confirm, other, picture } = notice;
  const next =
    picture !== undefined
      ? html`<div class="code">${picture}</div>`
      : confirm === undefined
        ? html`<a class="button" href="/?lang=${options.language}">
            ${PAGE_WORDS[options.language].home}
          </a>`
        : html`<form method="post"><button class="button" type="submit">${confirm}</button></form>
            ${other === undefined ? undefined : html`<p><a class="button other" href="${other.url}">${other.label}</a></p>`}`;
  const body = html`${renderTop(campaign, options, undefined)}
    <main class="lost">
      <div class="wrap">
        <h1>${title}</h1>
        ${text === undefined ? undefined : html`<p class="lead">${text}</p>`} ${next}
      </div>
    </main>`;
  return renderDocument(campaign, options, {
    title: `${title} · ${campaign.name}`,
    description: text ?? title,
    body,
  });
}
