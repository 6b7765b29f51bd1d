import type { Library } from '../flow.js';

/**
 * The language of the campaign that comes nearest to one that is asked for: itself, one of the same
 * family (`fr` for `fr-CA`), else the first that the campaign speaks.
 */
export function spokenLanguage({ campaign }: Pick<Library, 'campaign'>, wanted: string): string {
  const { languages } = campaign;
  if (languages.includes(wanted)) return wanted;
  const family = familyOf(wanted);
  return languages.find((language) => familyOf(language) === family) ?? languages[0] ?? 'en';
}

function familyOf(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? '';
}
