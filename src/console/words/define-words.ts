/** Languages that the console speaks. */
export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Words of a part of the console in every language. */
export type Words<T> = { readonly [language in Language]: T };

/** What a word may be: said as it is, or with what it is about. */
type Word = string | ((...about: never[]) => string) | { readonly [name: string]: Word };
/** Declares words; the compiler asks for each in both languages. */
export function defineWords<T extends { readonly [name: string]: Word }>(words: {
  readonly fr: T;
  readonly en: NoInfer<T>;
}): Words<T> {
  return words;
}

/** `one` for a single thing in French (0 and 1) or English (1), else `other`. */
export function counted(language: Language, count: number, one: string, other: string): string {
  const isOne = language === 'fr' ? Math.abs(count) < 2 : count === 1;
  return `${new Intl.NumberFormat(language).format(count)} ${isOne ? one : other}`;
}
