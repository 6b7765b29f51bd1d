import { chooseLanguage, pageLanguages } from './choose-language.js';
import type { PageOptions, ShownCampaign } from './render-document.js';
import { renderPage } from './render-page.js';

/** How a page is looked at before it is published. */
export type PreviewOptions = {
  readonly language: string;
  readonly theme: 'light' | 'dark';
  /** Lets the style in where the page is shown. */
  readonly nonce: string;
};

/** Writes the campaign's page as visitors would get it, but for the chat; nothing on it works. */
export function renderPreview(
  campaign: ShownCampaign,
  { language, theme, nonce }: PreviewOptions,
): string {
  const languages = pageLanguages(campaign.languages);
  const { picture } = campaign.site;
  const options: PageOptions = {
    languages,
    language: chooseLanguage(languages, language, []),
    assets: {
      widget: '',
      ...(picture === undefined ? {} : { picture: `/site/picture/${picture}` }),
    },
    preview: { theme, nonce },
  };
  return renderPage(campaign, options);
}
