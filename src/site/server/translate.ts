import type { Campaign, Translated } from '../../engine/campaign.js';

/** The text in this language, else in the campaign's first, else in any. */
export function translate(
  text: Translated | undefined,
  { languages }: Pick<Campaign, 'languages'>,
  language: string,
): string | undefined {
  if (text === undefined) return undefined;
  return text[language] ?? text[languages[0] ?? ''] ?? Object.values(text)[0];
}
