/** A word or a number of a text, with its place there. */
export type Token = {
  /** Folded: small letters without accents, or digits. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly digits: boolean;
};

/** The same text in small letters without accents, each character in its place. */
export function flatten(text: string): string {
  let flat = '';
  for (const char of text) {
    const plain = char.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    flat += plain.length === char.length ? plain : fallback(char);
  }
  return flat;
}

function fallback(char: string): string {
  if (/\p{Z}/u.test(char)) return ' ';
  const small = char.toLowerCase();
  return small.length === char.length ? small : char;
}

/** The words and numbers of a flattened text, in order; accents written apart belong to their letter. */
export function tokensOf(flat: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of flat.matchAll(/(\d+)|\p{L}[\p{L}\p{M}]*/gu)) {
    const [text, digits] = match;
    tokens.push({
      text: text.replace(/\p{M}/gu, ''),
      start: match.index,
      end: match.index + text.length,
      digits: digits !== undefined,
    });
  }
  return tokens;
}

/** Words joined as word lists have them, from one token on. */
export function phraseAt(tokens: readonly Token[], at: number, length: number): string {
  let phrase = tokens[at]?.text ?? '';
  for (let next = at + 1; next < at + length; next += 1) phrase += ` ${tokens[next]?.text ?? ''}`;
  return phrase;
}

/** Whether nothing stands between two tokens, as in "1er". */
export function touches(before: Token, after: Token | undefined): after is Token {
  return after?.start === before.end;
}
