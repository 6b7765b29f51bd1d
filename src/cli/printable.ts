/** Signs that move the cursor, ring, colour or turn the direction of a terminal. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What somebody wrote, as a terminal may show it: further lines are set in, so that none looks like ours. */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNPRINTABLE, ' ').replaceAll('\n', '\n    ');
}

/** A value as one line of JSON, with the signs escaped that a terminal would obey. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    UNPRINTABLE,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
