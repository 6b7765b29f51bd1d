import type { Campaign } from '../../engine/campaign.js';
import { createPalette } from '../palette.js';
import { html, type Html } from './html.js';
import { pageStyle } from './page-style.js';
import { PAGE_WORDS, type PageLanguage } from './page-words.js';

/** What pages show of a campaign. */
export type ShownCampaign = Pick<
  Campaign,
  'name' | 'candidate' | 'languages' | 'timezone' | 'election' | 'site'
>;

export type PageOptions = {
  readonly language: PageLanguage;
  /** The languages the page is offered in. */
  readonly languages: readonly PageLanguage[];
  /** Addresses of the built widget and of the campaign's picture. */
  readonly assets: { readonly widget: string; readonly picture?: string };
  /** Where the site is reached, without a slash at the end; absent: no absolute links. */
  readonly publicUrl?: string;
  /** A look at the page before it is published: nothing on it works, in one of the two themes. */
  readonly preview?: {
    readonly theme: 'light' | 'dark';
    /** Lets the style in where the page is shown. */
    readonly nonce: string;
  };
};

export type PageContent = {
  readonly title: string;
  readonly description: string;
  readonly body: Html;
  /** Where it is, for search engines and those who share it; absent: the campaign's page. */
  readonly path?: string;
};

/** Writes a whole document around what one page shows. */
export function renderDocument(
  campaign: ShownCampaign,
  options: PageOptions,
  content: PageContent,
): string {
  const { language, languages, assets, publicUrl, preview } = options;
  const { title, description, body, path = '/' } = content;
  const picture = assets.picture === undefined ? undefined : `${publicUrl}${assets.picture}`;
  // Written in one piece: the content policy names the hash of exactly this text.
  const style: Html =
    preview === undefined
      ? { markup: `<style>${pageStyle(campaign.site.colours)}</style>` }
      : html`<base target="_blank" />
          <style nonce="${preview.nonce}">
            ${{ markup: pageStyle(campaign.site.colours, preview.theme) + STILL }}
          </style>`;
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>${title}</title>
        <meta name="description" content="${description}" />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content="${campaign.name}" />
        <meta property="og:title" content="${title}" />
        <meta property="og:description" content="${description}" />
        <meta property="og:locale" content="${PAGE_WORDS[language].region}" />
        ${
          publicUrl === undefined
            ? undefined
            : html`<meta property="og:url" content="${publicUrl}${path}" />
                ${picture === undefined ? undefined : html`<meta property="og:image" content="${picture}" />`}
                ${languages.map(
                  (other) =>
                    html`<link
                      rel="alternate"
                      hreflang="${other}"
                      href="${publicUrl}${path}?lang=${other}"
                    />`,
                )}`
        }
        <link rel="icon" href="${writeIcon(campaign.site.colours)}" />
        ${style}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
  return page.markup.replace(/\n\s+/g, '\n');
}

/** How the chat looks where it is only shown. */
const STILL =
  '.still{display:flex;flex-direction:column;gap:.75rem;height:100%;padding:1.25rem}' +
  '.still b{padding-bottom:.875rem;border-bottom:1px solid var(--line)}' +
  '.still span{align-self:flex-start;max-width:85%;padding:.75rem 1rem;border-radius:1.25rem 1.25rem 1.25rem .375rem;background:var(--quiet)}' +
  '.still i{margin-top:auto;min-height:3rem;border:1px solid var(--edge);border-radius:1.5rem}';

/** The campaign's name and the choice of languages; `here` is the path they keep. */
export function renderTop(
  campaign: ShownCampaign,
  options: PageOptions,
  here: string | undefined,
): Html {
  const { language, languages } = options;
  const switcher = html`<nav aria-label="${PAGE_WORDS[language].languages}">
    <ul class="languages">
      ${languages.map((other) =>
        other === language
          ? html`<li>
              <span aria-current="true" lang="${other}">${PAGE_WORDS[other].name}</span>
            </li>`
          : html`<li>
              <a href="${here}?lang=${other}" lang="${other}" hreflang="${other}"
                >${PAGE_WORDS[other].name}</a
              >
            </li>`,
      )}
    </ul>
  </nav>`;
  return html`<header class="top">
    <div class="wrap">
      <a class="brand" href="/?lang=${language}">${campaign.name}</a>
      ${languages.length > 1 ? switcher : undefined}
    </div>
  </header>`;
}

/** The mark beside the campaign's name, as a picture within the page. */
function writeIcon(colours: Campaign['site']['colours']): string {
  const { primary, accent } = createPalette(colours).light;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${bar(2, 18, primary)}${bar(22, 8, accent)}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}

function bar(y: number, height: number, colour: string): string {
  return `<rect x="10" y="${y}" width="12" height="${height}" rx="3" fill="${colour}"/>`;
}
