/** A piece of a line. */
export type Span =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'bold'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly href: string };

/** Paragraphs of lines of pieces. */
export type RichText = readonly (readonly (readonly Span[])[])[];

const MARKS = /\*\*([^*\s](?:[^*\n]*[^*\s])?)\*\*|https?:\/\/[^\s<>"«»“”]+/gi;

/**
 * Reads what a message may carry: paragraphs, lines, `**bold**` and http(s) addresses.
 * Everything else stays the characters it is.
 */
export function readRichText(text: string): RichText {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/^\n+|\n+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => paragraph.split('\n').map(readLine));
}

function readLine(line: string): Span[] {
  const spans: Span[] = [];
  let done = 0;
  const add = (text: string): void => {
    if (text !== '') spans.push({ type: 'text', text });
  };
  for (const match of line.matchAll(MARKS)) {
    const bold = match[1];
    const start = match.index ?? 0;
    const link = bold === undefined ? readLink(match[0]) : undefined;
    if (bold === undefined && link === undefined) continue;
    add(line.slice(done, start));
    if (bold !== undefined) spans.push({ type: 'bold', text: bold });
    if (link !== undefined) spans.push(link);
    done = start + (link?.text ?? match[0]).length;
  }
  add(line.slice(done));
  return spans;
}

/** An address without the punctuation of the sentence around it. */
function readLink(found: string): Span | undefined {
  let text = found.replace(/[.,;:!?…'’*_]+$/, '');
  const opened = text.split('(').length;
  const closed = text.split(')').length;
  if (text.endsWith(')') && closed > opened) text = text.slice(0, -1);
  try {
    const { href, protocol } = new URL(text);
    return protocol === 'https:' || protocol === 'http:' ? { type: 'link', text, href } : undefined;
  } catch {
    return undefined;
  }
}
