/**
 * What is said to an author, kept apart from what it is about, so that it can be said in another language:
 * `text` is the English sentence with `{0}`, `{1}` … in place of the values, each a name, a number or a
 * sentence again. The English sentence is the one place where it is written; tables of other languages
 * have their own beside it (`sentences/french.ts`).
 */
export type Sentence = {
  readonly text: string;
  readonly values: readonly (string | Sentence)[];
};

/** A sentence, written as a template: say`step "${id}" goes nowhere`. */
export function say(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Sentence)[]
): Sentence {
  return {
    text: parts.reduce((text, part, index) => `${text}{${index - 1}}${part}`),
    values: values.map((value) => (typeof value === 'number' ? `${value}` : value)),
  };
}

/** A word of ours within a sentence, such as the type of a value, which other languages have a word for. */
export function word(text: string): Sentence {
  return { text, values: [] };
}

/** Sentences of another language by the English ones. */
export type SentenceTable = { readonly [english: string]: string };

/** A sentence in English, or in the language of a table as far as the table has it. */
export function tell(sentence: string | Sentence, table: SentenceTable = {}): string {
  if (typeof sentence === 'string') return sentence;
  const { text, values } = sentence;
  const written = Object.hasOwn(table, text) ? (table[text] ?? text) : text;
  return written.replace(/\{(\d+)\}/g, (_, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? '' : tell(value, table);
  });
}
