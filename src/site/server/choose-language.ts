import { PAGE_LANGUAGES, type PageLanguage } from './page-words.js';

/** The languages of a campaign that the site has words for; English when there is none. */
export function pageLanguages(languages: readonly string[]): readonly PageLanguage[] {
  const known = languages
    .map((tag) => PAGE_LANGUAGES.find((language) => language === primary(tag)))
    .filter((language) => language !== undefined);
  return known.length === 0 ? ['en'] : [...new Set(known)];
}

/**
 * The language to show: the one asked for in the address, else the first the browser accepts, else
 * the campaign's first. `accepted` are language tags, the preferred one first.
 */
export function chooseLanguage(
  offered: readonly PageLanguage[],
  asked: string | undefined,
  accepted: readonly string[],
): PageLanguage {
  for (const tag of [asked ?? '', ...accepted]) {
    const match = offered.find((language) => language === primary(tag));
    if (match !== undefined) return match;
  }
  return offered[0] ?? 'en';
}

function primary(tag: string): string {
  return tag.toLowerCase().split(/[-_]/)[0] ?? '';
}
