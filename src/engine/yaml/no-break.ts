/** What text processors write for a space, and YAML does not take for one. */
const NO_BREAK = /[\u00a0\u2007\u202f]/;
/** What stands before a line's words, and around the colon of its key: only spaces may. */
const BEFORE_WORDS = /^[ \t\u00a0\u2007\u202f]*(?:-[ \u00a0\u2007\u202f]+)*/;
const AROUND_COLON = /^([ -]*[\w.'"-]+)([ \u00a0\u2007\u202f]*:[ \u00a0\u2007\u202f]+)/;

/** The text with spaces where no-break ones hold its lines together, and the offsets of those. */
export function withSpaces(text: string): {
  readonly text: string;
  readonly offsets: readonly number[];
} {
  if (!NO_BREAK.test(text)) return { text, offsets: [] };
  const offsets: number[] = [];
  let start = 0;
  const lines = text.split('\n').map((line) => {
    const indented = line.replace(BEFORE_WORDS, spaced);
    const mended = indented.replace(
      AROUND_COLON,
      (_, key: string, colon: string) => key + spaced(colon),
    );
    if (mended !== line) offsets.push(start + line.search(NO_BREAK));
    start += line.length + 1;
    return mended;
  });
  return { text: lines.join('\n'), offsets };
}

function spaced(blanks: string): string {
  return blanks.replaceAll(new RegExp(NO_BREAK, 'g'), ' ');
}
