import { mapOf, type YamlEntry, type YamlNode, type YamlScalar } from './nodes.js';
import type { Placer } from './placer.js';
import { readKey, skipSpaces } from './plain-lines.js';

/** A value and the offset after it. */
type Read = { readonly node: YamlNode; readonly end: number };

/** Lists within lists, past which a value is no longer plain. */
const DEEPEST = 8;
const NUMBER = /^(?:0|[1-9]\d{0,8})$/;
/** Plain words that begin with a digit: spans such as `2d`, days such as 2032-03-14. */
const DIGITS_FIRST = /^(?:\d{1,6}[smhdw]|\d{4}-\d\d-\d\d)$/;
const SPECIAL = /^(?:true|false|null)$/i;
const BARE = /[^:#\n]+/y;
const BARE_INSIDE = /[^:#,[\]{}"'\n]+/y;

/**
 * Reads a value written on one line: bare or quoted, or a short list or map of such. Undefined when
 * it has anything that needs the whole of YAML: escapes, tags, references, several lines.
 */
export function readValue(
  text: string,
  start: number,
  lineEnd: number,
  placeAt: Placer,
): YamlNode | undefined {
  const readBare = (at: number, pattern: RegExp): Read | undefined => {
    if (!beginsWord(text.charCodeAt(at))) return undefined;
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    const word = found.replace(/ +$/, '');
    const value = valueOf(word);
    if (value === undefined) return undefined;
    return { node: scalarOf(value, word, at), end: at + found.length };
  };

  const readQuoted = (at: number): Read | undefined => {
    const quote = text[at] ?? '';
    let end = text.indexOf(quote, at + 1);
    while (quote === "'" && end >= 0 && text[end + 1] === "'") end = text.indexOf(quote, end + 2);
    if (end < 0 || end >= lineEnd) return undefined;
    const inside = text.slice(at + 1, end);
    if (quote === '"' && inside.includes('\\')) return undefined;
    const value = quote === "'" ? inside.replaceAll("''", "'") : inside;
    return { node: scalarOf(value, value, at), end: end + 1 };
  };

  const readInside = (at: number, depth: number): Read | undefined => {
    const sign = text[at];
    if (sign === "'" || sign === '"') return readQuoted(at);
    if (sign === '[' || sign === '{') return readGroup(at, depth + 1);
    return readBare(at, BARE_INSIDE);
  };

  const readGroup = (at: number, depth: number): Read | undefined => {
    if (depth > DEEPEST) return undefined;
    const isMap = text[at] === '{';
    const items: YamlNode[] = [];
    const entries: YamlEntry[] = [];
    for (let next = at + 1; ;) {
      next = skipSpaces(text, next, lineEnd);
      let key: string | undefined;
      const keyStart = next;
      if (isMap) {
        key = readKey(text, next);
        if (key === undefined || entries.some((entry) => entry.key === key)) return undefined;
        next = skipSpaces(text, next + key.length + 1, lineEnd);
      }
      const inner = readInside(next, depth);
      if (inner === undefined) return undefined;
      if (key === undefined) items.push(inner.node);
      else entries.push({ key, value: inner.node, keyPlace: () => placeAt(keyStart) });
      next = skipSpaces(text, inner.end, lineEnd);
      if (text[next] === (isMap ? '}' : ']')) {
        const place = () => placeAt(at);
        const node: YamlNode = isMap ? mapOf(entries, place) : { type: 'list', items, place };
        return { node, end: next + 1 };
      }
      if (text[next] !== ',') return undefined;
      next += 1;
    }
  };

  const scalarOf = (value: YamlScalar['value'], word: string, at: number): YamlScalar => ({
    type: 'scalar',
    value,
    text: word,
    place: () => placeAt(at),
  });

  const sign = text[start];
  const grouped = sign === "'" || sign === '"' || sign === '[' || sign === '{';
  const read = grouped ? readInside(start, 0) : readBare(start, BARE);
  if (read === undefined) return undefined;
  const rest = skipSpaces(text, read.end, lineEnd);
  const commented = text[rest] === '#' && text[rest - 1] === ' ';
  return rest === lineEnd || commented ? read.node : undefined;
}

function beginsWord(code: number): boolean {
  const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code >= 0xc0;
  return isLetter || (code >= 48 && code <= 57) || code === 95;
}

/** What a bare word stands for; undefined when it takes more than a look to tell. */
function valueOf(word: string): string | number | boolean | undefined {
  const code = word.charCodeAt(0);
  if (code >= 48 && code <= 57) {
    if (NUMBER.test(word)) return Number(word);
    return DIGITS_FIRST.test(word) ? word : undefined;
  }
  if (word === 'true' || word === 'false') return word === 'true';
  return SPECIAL.test(word) ? undefined : word;
}
