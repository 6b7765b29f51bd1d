/** How a language writes lists. */
export type ListFormat = {
  /** "a, b et c". */
  write(items: readonly string[]): string;
  /** The word before the last: "et". */
  readonly and: string;
};

const FORMATS = new Map<string, ListFormat>();

/** The list format of a language, made once for each; throws on what is no language tag. */
export function listFormatOf(language: string): ListFormat {
  const known = FORMATS.get(language);
  if (known !== undefined) return known;
  const intl = new Intl.ListFormat(language);
  const [, and] = intl.formatToParts(['1', '2']);
  const format = {
    write: (items: readonly string[]) => intl.format(items),
    and: (and?.value ?? '').trim(),
  };
  FORMATS.set(language, format);
  return format;
}
