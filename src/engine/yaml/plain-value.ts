import { entryAt, listAt, mapAt, scalarAt, type YamlEntry, type YamlNode } from './nodes.js';
import type { Placer } from './placer.js';
import { isRestEmpty, nextLine, readKey, skipSpaces } from './plain-lines.js';

/** A value and the offset after it. */
export type PlainValue = { readonly node: YamlNode; readonly end: number };

/** Lists within lists, past which a value is no longer plain. */
const DEEPEST = 8;
const NUMBER = /^(?:0|[1-9]\d{0,8})$/;
/** Plain words that begin with a digit: spans such as `2d`, ordinals, 30 km/h, days such as 2032-03-14. */
const DIGITS_FIRST = /^(?:[1-9]\d*[ /A-Za-zÀ-ÖØ-öø-ÿ]+|\d{4}-\d\d-\d\d)$/;
const SPECIAL = /^(?:true|false|null)$/i;
const BARE = /(?:[^:#\n]|:(?=[^ \n]))+/y;
const BARE_INSIDE = /[^:#,[\]{}"'\n]+/y;
const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\"': '"', '\\\\': '\\' };

/**
 * Reads a value that is bare or quoted on one line, or a list or map of such in brackets, whose
 * lines stand further in than `column`. Undefined when it has anything that needs the whole of YAML:
 * rare escapes, tags, references, texts of several lines.
 */
export function readValue(
  text: string,
  start: number,
  column: number,
  placeAt: Placer,
): PlainValue | undefined {
  const readBare = (at: number, pattern: RegExp): PlainValue | undefined => {
    if (!beginsWord(text.charCodeAt(at))) return undefined;
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    const word = found.endsWith(' ') ? found.replace(/ +$/, '') : found;
    const value = valueOf(word);
    if (value === undefined) return undefined;
    const node = scalarAt(value, word, placeAt, at, at + word.length);
    return { node, end: at + found.length };
  };

  const readQuoted = (at: number): PlainValue | undefined => {
    const value = text[at] === "'" ? readSingle(text, at) : readDouble(text, at);
    if (value === undefined) return undefined;
    const node = scalarAt(value.text, value.text, placeAt, at, value.end);
    return { node, end: value.end };
  };

  const readInside = (at: number, depth: number): PlainValue | undefined => {
    const sign = text[at];
    if (sign === "'" || sign === '"') return readQuoted(at);
    if (sign === '[' || sign === '{') return readGroup(at, depth + 1);
    return readBare(at, BARE_INSIDE);
  };

  const readGroup = (at: number, depth: number): PlainValue | undefined => {
    if (depth > DEEPEST) return undefined;
    const isMap = text[at] === '{';
    const items: YamlNode[] = [];
    const entries: YamlEntry[] = [];
    const close = (end: number): PlainValue => {
      const node = isMap
        ? mapAt(entries, placeAt, at, end + 1)
        : listAt(items, placeAt, at, end + 1);
      return { node, end: end + 1 };
    };
    const closing = isMap ? '}' : ']';
    const first = skipLines(text, at + 1, column);
    if (first !== undefined && text[first] === closing) return close(first);
    for (let next = first; next !== undefined;) {
      const keyStart = next;
      const key = isMap ? readKey(text, next) : undefined;
      if (isMap) {
        if (key === undefined || entries.some((entry) => entry.key === key.text)) return undefined;
        next = skipSpaces(text, key.end + 1);
      }
      const inner = readInside(next, depth);
      if (inner === undefined) return undefined;
      if (key === undefined) items.push(inner.node);
      else entries.push(entryAt(key.text, inner.node, placeAt, keyStart));
      next = skipLines(text, inner.end, column);
      const comma = next !== undefined && text[next] === ',';
      // The last item may have a comma too.
      if (next !== undefined && comma) next = skipLines(text, next + 1, column);
      if (next === undefined) return undefined;
      if (text[next] === closing) return close(next);
      if (!comma) return undefined;
    }
    return undefined;
  };

  const sign = text[start];
  const marked = sign === "'" || sign === '"' || sign === '[' || sign === '{';
  const read = marked ? readInside(start, 0) : readBare(start, BARE);
  if (read === undefined || !isRestEmpty(text, read.end)) return undefined;
  return { node: read.node, end: nextLine(text, read.end) };
}

function readSingle(text: string, at: number): { text: string; end: number } | undefined {
  let end = text.indexOf("'", at + 1);
  while (end >= 0 && text[end + 1] === "'") end = text.indexOf("'", end + 2);
  const inside = text.slice(at + 1, end);
  if (end < 0 || inside.includes('\n')) return undefined;
  return { text: inside.includes("'") ? inside.replaceAll("''", "'") : inside, end: end + 1 };
}

function readDouble(text: string, at: number): { text: string; end: number } | undefined {
  let end = at + 1;
  let escaped = false;
  for (; text[end] !== '"'; end += 1) {
    if (end >= text.length || text[end] === '\n') return undefined;
    if (text[end] !== '\\') continue;
    if (ESCAPES[text.slice(end, end + 2)] === undefined) return undefined;
    escaped = true;
    end += 1;
  }
  const inside = text.slice(at + 1, end);
  const value = escaped ? inside.replace(/\\./g, (pair) => ESCAPES[pair] ?? pair) : inside;
  return { text: value, end: end + 1 };
}

/** Goes over spaces, and over lines as long as what follows stands further in than `column`. */
function skipLines(text: string, from: number, column: number): number | undefined {
  let at = skipSpaces(text, from);
  while (text[at] === '\n') {
    const start = at + 1;
    at = skipSpaces(text, start);
    if (text[at] !== '\n' && at - start <= column) return undefined;
  }
  return at;
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
  return word.length < 6 && SPECIAL.test(word) ? undefined : word;
}
