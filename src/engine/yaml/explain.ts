import { isCollection, visit, type Document, type YAMLParseError } from 'yaml';
import { say, type Sentence } from '../sentence.js';

/** What is wrong with the syntax of a file at an offset, and how to mend it. */
export type Slip = { readonly offset: number; readonly sentence: Sentence };

const UNREADABLE = say`this cannot be read; check the indentation, quotes and colons here`;

/** Explains the first mistake of syntax that the YAML library found, in words for authors. */
export function explainSlip(text: string, document: Document.Parsed, error: YAMLParseError): Slip {
  const offset = Math.min(error.pos[0], text.length);
  const at = (sentence: Sentence, where = offset): Slip => ({ offset: where, sentence });
  const line = lineAround(text, offset);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return at(say`a tab indents this line; write spaces instead, two for each level`);
    case 'BLOCK_AS_IMPLICIT_KEY':
      if (/:\s+[“”„«‘]/.test(line.text)) {
        return at(
          say`quotes such as “ ” or « » hold no text together here; put the whole text in straight ones, such as "…"`,
        );
      }
      return /:\s.*:(?:\s|$)/.test(line.text)
        ? at(say`a colon and a space stand within this text; put the whole text in quotes`)
        : at(
            say`this has a value already, and the line below is indented as if it belonged to it; indent that line like this one`,
          );
    case 'BAD_INDENT': {
      const sign = /end with a ([\]}])/.exec(error.message)?.[1];
      if (sign === undefined) {
        return at(
          say`this line is not indented like the others of its group; line it up with them`,
        );
      }
      const opening = sign === ']' ? '[' : '{';
      return at(
        say`a ${opening} opens here and is never closed; add the missing ${sign}`,
        openingOf(text, document, offset) ?? offset,
      );
    }
    case 'MULTILINE_IMPLICIT_KEY':
      return at(explainKey(line.text), line.start + indentOf(line.text));
    case 'MISSING_CHAR':
      if (error.message.includes('closing')) {
        return at(
          say`a quote opens here and is never closed; add the closing quote, and write apostrophes as ’`,
          quoteOf(text, document, offset) ?? offset,
        );
      }
      if (error.message.includes('Comments')) {
        return at(say`a comment begins right after a text; put a space before the #`);
      }
      return error.message.includes('Sequence')
        ? at(say`this line is not indented like the others of its group; line it up with them`)
        : at(explainKey(line.text), line.start + indentOf(line.text));
    case 'UNEXPECTED_TOKEN':
      return at(explainToken(text, offset, line));
    case 'BAD_SCALAR_START':
    case 'BAD_ALIAS':
      return at(say`a text that begins with ${text[offset] ?? 'this'} must be in quotes`);
    case 'BAD_DQ_ESCAPE':
      return at(say`a \\ within double quotes begins a sign such as \\n; use single quotes`);
    case 'ALIAS_PROPS':
    case 'BAD_COLLECTION_TYPE':
    case 'BAD_DIRECTIVE':
    case 'BAD_PROP_ORDER':
    case 'BLOCK_IN_FLOW':
    case 'DUPLICATE_KEY':
    case 'IMPOSSIBLE':
    case 'KEY_OVER_1024_CHARS':
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'NON_STRING_KEY':
    case 'RESOURCE_EXHAUSTION':
    case 'TAG_RESOLVE_FAILED':
      return at(UNREADABLE);
    case 'MULTIPLE_DOCS':
      return at(say`\`---\` begins a second file within this one; take the line away`);
    default:
      error.code satisfies never;
      return at(UNREADABLE);
  }
}

function explainKey(line: string): Sentence {
  if (/^\s*- ?/.test(line)) {
    return say`a list item stands where a key is expected; indent it like the list that it belongs to`;
  }
  return /^\s*[\p{L}\d_.]+:\S/u.test(line)
    ? say`a space is missing after the colon; write \`key: value\``
    : say`this line has no colon; write \`key: value\`, or put a long text in quotes on one line`;
}

function explainToken(text: string, offset: number, line: Line): Sentence {
  const before = text.slice(line.start, offset).trimEnd();
  const last = before.at(-1) ?? '';
  if (/[\]}]/.test(text[offset] ?? ''))
    return say`a ${text[offset] ?? ''} closes nothing; take it away`;
  if (last === "'" || last === '"') {
    return say`the text in quotes ends before this; keep one pair of quotes around it all, and write apostrophes as ’`;
  }
  if (last === ']' || last === '}') {
    return say`a text that begins with { or [ must be in quotes`;
  }
  if (last === '|' || last === '>') {
    return say`a text that begins with ${last} must be in quotes`;
  }
  return before === ''
    ? say`this line is not indented like the others of its group; line it up with them`
    : UNREADABLE;
}

type Line = { readonly start: number; readonly text: string };

function lineAround(text: string, offset: number): Line {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return { start, text: text.slice(start, end < 0 ? undefined : end) };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Where the quoted text that reaches an offset begins. */
function quoteOf(text: string, document: Document.Parsed, offset: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar: (_, { range }) => {
      if (!range || !/['"]/.test(text[range[0]] ?? '')) return;
      if (range[0] < offset && range[1] >= offset) found = range[0];
    },
  });
  return found;
}

/** Where the innermost list or group in brackets that reaches an offset begins. */
function openingOf(text: string, document: Document.Parsed, offset: number): number | undefined {
  let found: number | undefined;
  visit(document, (_, node) => {
    if (!isCollection(node) || node.flow !== true || !node.range) return;
    const [start, end] = node.range;
    const isOpen = !/[\]}]/.test(text[end - 1] ?? '');
    if (start < offset && end <= offset && isOpen) found = Math.max(found ?? 0, start);
  });
  return found;
}
