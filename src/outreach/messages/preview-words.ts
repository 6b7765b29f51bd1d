import type { Campaign } from '../../engine/campaign.js';
import { readPhrase } from '../../engine/icu.js';
import { createWordsFor } from './dispatch/words-for.js';
import type { Words } from './message.js';

/** Somebody to read them: a name that is one in French and in English. */
const FIRST_NAME = 'Camille';

/** The words of each language as somebody reads them; those that cannot be read are left out. */
export function previewWords(
  words: Words,
  campaign: Campaign,
  now: number,
): { readonly [language: string]: string } {
  const shown: Record<string, string> = {};
  for (const [language, source] of Object.entries(words)) {
    if (source.trim() === '' || !('phrase' in readPhrase(source, language, campaign.timezone))) {
      continue;
    }
    try {
      const wordsFor = createWordsFor({ [language]: source }, campaign);
      shown[language] = wordsFor({ language, first_name: FIRST_NAME }, now).text;
    } catch {
      // They name something that is nothing here, which the check says.
    }
  }
  return shown;
}
