export const CHAT_LANGUAGES = ['fr', 'en'] as const;
/** A language the widget's own words exist in. */
export type ChatLanguage = (typeof CHAT_LANGUAGES)[number];

/** The first of the given tags that the widget speaks; English when it speaks none. */
export function chooseChatLanguage(tags: readonly (string | null | undefined)[]): ChatLanguage {
  for (const tag of tags) {
    const primary = (tag ?? '').toLowerCase().split(/[-_]/)[0];
    const match = CHAT_LANGUAGES.find((language) => language === primary);
    if (match !== undefined) return match;
  }
  return 'en';
}

/** What opens and closes the chat; apart from the other words, since the launcher loads alone. */
export const DOOR_WORDS: Readonly<Record<ChatLanguage, { open: string; close: string }>> = {
  fr: { open: 'Ouvrir la conversation', close: 'Fermer la conversation' },
  en: { open: 'Open the conversation', close: 'Close the conversation' },
};
