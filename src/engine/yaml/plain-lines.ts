/** One line of plain YAML: `key: value`, `- key: value`, `- value` or `[…]`, with offsets in the file. */
export type PlainLine = {
  /** Characters before the line's first. */
  readonly indent: number;
  /** Whether it begins an item of a list; what follows the dash stands two columns further. */
  readonly dash: boolean;
  readonly start: number;
  readonly key: string | undefined;
  readonly keyStart: number;
  /** Where the value begins; undefined when it stands on the lines below. */
  readonly valueStart: number | undefined;
};

/** A key and the offset of its colon. */
type Key = { readonly text: string; readonly end: number };

/** Characters that make a file more than plain: tabs, carriage returns and what no keyboard writes. */
const STRANGE = /[^\n -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/;
const BARE_KEY = /(?:[A-Za-z_][A-Za-z0-9_.-]{0,100}|0|-?[1-9]\d{0,8})(?=:[ \n]|:$)/y;
const QUOTED_KEY = /'[^'\n]{0,100}'(?=:[ \n]|:$)/y;
/** Words that YAML reads as something else than themselves. */
const SPECIAL = /^(?:true|false|null)$/i;

/** Whether a file has only characters that plain lines are made of. */
export function isPlainText(text: string): boolean {
  return !STRANGE.test(text);
}

/** Reads the key that begins at an offset. */
export function readKey(text: string, at: number): Key | undefined {
  const quoted = text.charCodeAt(at) === 39;
  const pattern = quoted ? QUOTED_KEY : BARE_KEY;
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  if (found === undefined) return undefined;
  const end = at + found.length;
  if (quoted) return { text: found.slice(1, -1), end };
  return SPECIAL.test(found) ? undefined : { text: found, end };
}

/** The offset of the first character from `at` on that is no space. */
export function skipSpaces(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) === 32) next += 1;
  return next;
}

/** Whether nothing, or a comment, stands between an offset and the end of its line. */
export function isRestEmpty(text: string, at: number): boolean {
  const rest = skipSpaces(text, at);
  if (rest >= text.length || text[rest] === '\n') return true;
  return text[rest] === '#' && (rest > at || rest === 0 || /[ \n]/.test(text[rest - 1] ?? ''));
}

/** The offset after the line that an offset stands on. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Finds the next line from the start of one on, past blanks and comments; `strange` is not plain. */
export function findLine(text: string, from: number): PlainLine | 'strange' | undefined {
  for (let start = from; start < text.length; start = nextLine(text, start)) {
    const first = skipSpaces(text, start);
    const sign = text[first];
    if (sign === undefined) return undefined;
    if (sign === '\n' || sign === '#') continue;
    const dash = sign === '-' && text[first + 1] === ' ';
    const keyStart = dash ? first + 2 : first;
    const key = readKey(text, keyStart);
    if (key === undefined && !dash && sign !== '[' && sign !== '{') return 'strange';
    const value = key === undefined ? keyStart : key.end + 1;
    const empty = key !== undefined && isRestEmpty(text, value);
    const valueStart = empty ? undefined : skipSpaces(text, value);
    return { indent: first - start, dash, start: first, key: key?.text, keyStart, valueStart };
  }
  return undefined;
}
