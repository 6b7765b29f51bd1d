/** One line of plain YAML: `key: value`, `- key: value` or `- value`, with offsets in the file. */
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
  readonly end: number;
};

/** Characters that make a file more than plain: tabs, carriage returns and what no keyboard writes. */
const STRANGE = /[^\n -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/;
const KEY = /[A-Za-z_][A-Za-z0-9_.-]{0,100}(?=:[ \n]|:$)/y;
/** Words that YAML reads as something else than themselves. */
const SPECIAL = /^(?:true|false|null)$/i;

/** Reads the key that begins at an offset. */
export function readKey(text: string, at: number): string | undefined {
  KEY.lastIndex = at;
  const key = KEY.exec(text)?.[0];
  return key === undefined || SPECIAL.test(key) ? undefined : key;
}

/** The offset of the first character from `at` on that is no space, `end` at most. */
export function skipSpaces(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && text.charCodeAt(next) === 32) next += 1;
  return next;
}

/** Splits a file into its plain lines, without blanks and comments; undefined when one is not plain. */
export function readLines(text: string): readonly PlainLine[] | undefined {
  if (STRANGE.test(text)) return undefined;
  const lines: PlainLine[] = [];
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const first = skipSpaces(text, start, end);
    if (first === end || text[first] === '#') continue;
    const dash = text.startsWith('- ', first);
    const at = dash ? first + 2 : first;
    const key = readKey(text, at);
    if (key === undefined && !dash) return undefined;
    const after = key === undefined ? at : at + key.length + 1;
    const value = key === undefined ? at : skipSpaces(text, after, end);
    const empty = value === end || (text[value] === '#' && value > after);
    lines.push({
      indent: first - start,
      dash,
      start: first,
      key,
      keyStart: at,
      valueStart: empty ? undefined : value,
      end,
    });
  }
  return lines;
}
