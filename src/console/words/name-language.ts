/** Names of languages in a language; they are costly to make, and asked for again with every key. */
const names = new Map<string, Intl.DisplayNames>();

/** What a language is called in another: `en` in `fr` is `anglais`. */
export function nameLanguage(tag: string, spoken: string): string {
  let known = names.get(spoken);
  if (known === undefined) {
    known = new Intl.DisplayNames(spoken, { type: 'language' });
    names.set(spoken, known);
  }
  return known.of(tag) ?? tag;
}
