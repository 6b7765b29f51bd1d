import type { Library, Phrase } from './flow.js';

/** A shared word in the first of some languages that has it. */
export function commonPhrase(
  common: Library['common'],
  languages: readonly string[],
  key: string,
): Phrase | undefined {
  for (const language of languages) {
    const phrase = common.get(language)?.get(key);
    if (phrase !== undefined) return phrase;
  }
  return undefined;
}
