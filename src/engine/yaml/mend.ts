/** The key that stands for a line that could not be read; no author writes it. */
export const MENDED = 'portevoix_mended';

/**
 * The same text with something that can be read in the place of one line, so that the lines around
 * it can be: first the line without its tabs, then a key that means nothing, then nothing at all.
 * Undefined when all of it was tried. Lines keep their numbers.
 */
export function mendLine(text: string, line: number, tried: number): string | undefined {
  const lines = text.split('\n');
  const faulty = lines[line - 1];
  if (faulty === undefined) return undefined;
  const before = lines.slice(0, line - 1).findLast(isWritten) ?? '';
  const after = lines.slice(line).find(isWritten) ?? '';
  const attempts = [untabbed(faulty, before), placeholder(faulty, after), ''];
  const left = attempts.filter((attempt) => attempt !== undefined).slice(tried);
  const [mended] = left;
  if (mended === undefined) return undefined;
  return [...lines.slice(0, line - 1), mended, ...lines.slice(line)].join('\n');
}

function isWritten(line: string): boolean {
  return /^\s*[^\s#]/.test(line);
}

/** The line indented like the one before it, when a tab indents it. */
function untabbed(faulty: string, before: string): string | undefined {
  if (!/^ *\t/.test(faulty)) return undefined;
  return ' '.repeat(columnOf(before)) + faulty.trimStart();
}

/** A key in the column of the line's own, with a value unless the line below is further in. */
function placeholder(faulty: string, after: string): string {
  const start = /^ *(?:- )?/.exec(faulty)?.[0] ?? '';
  return `${start}${MENDED}:${indentOf(after) > start.length ? '' : ' 0'}`;
}

/** The column of a line's key, behind the dash of a list item. */
function columnOf(line: string): number {
  return /^ *(?:- )?/.exec(line)?.[0].length ?? 0;
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
