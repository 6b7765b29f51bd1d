/** The primary language of the first tag that has one: `fr` of `fr-CA` or of `fr-FR,fr;q=0.9`. */
export function primaryLanguage(
  ...tags: readonly (string | null | undefined)[]
): string | undefined {
  for (const tag of tags) {
    const found = /^\s*([a-z]{2,3})(?=[-_,;\s]|$)/i.exec(tag ?? '')?.[1];
    if (found !== undefined) return found.toLowerCase();
  }
  return undefined;
}
