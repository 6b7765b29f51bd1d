import type { Translated } from '../campaign.js';
import type { SiteContent } from './site-content.js';

/**
 * A page with its words in exactly some languages: a campaign that learned one says them in its first until
 * they are translated, and one that it gave up is left out. `missing` stands where nothing is said.
 */
export function fitLanguages(
  { name, site }: SiteContent,
  languages: readonly string[],
  missing: 'first' | 'empty' = 'first',
): SiteContent {
  const fit = (text: Translated): Translated => {
    const first = languages.map((language) => text[language]).find((said) => said !== undefined);
    const other = missing === 'first' ? (first ?? Object.values(text)[0] ?? '') : '';
    return Object.fromEntries(languages.map((language) => [language, text[language] ?? other]));
  };
  const fitTitled = ({ title, text }: { title: Translated; text: Translated }) => ({
    title: fit(title),
    text: fit(text),
  });
  const { headline, summary, notice, pictureText } = site;
  return {
    name,
    site: {
      ...site,
      ...(headline === undefined ? {} : { headline: fit(headline) }),
      ...(summary === undefined ? {} : { summary: fit(summary) }),
      ...(notice === undefined ? {} : { notice: fit(notice) }),
      ...(pictureText === undefined ? {} : { pictureText: fit(pictureText) }),
      issues: site.issues.map(fitTitled),
      notices: site.notices.map(fitTitled),
      dates: site.dates.map(({ title, place, ...when }) => ({
        ...when,
        title: fit(title),
        ...(place === undefined ? {} : { place: fit(place) }),
      })),
    },
  };
}
