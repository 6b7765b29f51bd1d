import { readYaml, type YamlEntry, type YamlMap, type YamlNode } from '../yaml.js';
import { columnOf, lineAfter, lineEnd, lineStart, splice } from './lines.js';
import { refuse } from './refusal.js';
import { rememberLast } from './remember-last.js';
import {
  isList,
  writeEntry,
  writeInline,
  writeItem,
  writeKey,
  writeScalar,
  type Manner,
  type Value,
  type Where,
} from './write-yaml.js';

/** The way to a piece of a file: keys of maps, and places in lists. */
export type Path = readonly (string | number)[];

/** How what is new is written, and after which keys it goes. */
export type Writing = { readonly manner: Manner; readonly order?: readonly string[] };

type Found = {
  readonly node: YamlNode;
  /** The entry whose value it is. */
  readonly entry?: YamlEntry;
  readonly parent?: YamlNode;
  /** Whether it stands within brackets. */
  readonly where: Where;
};

/** Reads a file; undefined when there is nothing in it. Refuses one with a mistake of syntax. */
export const readRoot = rememberLast((text: string): YamlNode | undefined => {
  const { root, problems } = readYaml({ path: '', text });
  if (problems.some(({ code }) => code === 'yaml-syntax')) refuse('broken');
  return root;
});

/** The piece of a file at a path. */
export function nodeAt(text: string, path: Path): YamlNode | undefined {
  return find(text, path)?.node;
}

function find(text: string, path: Path): Found | undefined {
  const root = readRoot(text);
  let found: Found | undefined = root === undefined ? undefined : { node: root, where: 'line' };
  for (const part of path) {
    if (found === undefined) return undefined;
    const { node }: Found = found;
    const where: Where = found.where === 'brackets' || isBracket(text, node) ? 'brackets' : 'line';
    if (typeof part === 'number') {
      const item: YamlNode | undefined = node.type === 'list' ? node.items[part] : undefined;
      found = item === undefined ? undefined : { node: item, parent: node, where };
    } else {
      const entry: YamlEntry | undefined = node.type === 'map' ? node.entry(part) : undefined;
      found = entry === undefined ? undefined : { node: entry.value, entry, parent: node, where };
    }
  }
  return found;
}

/** Whether a list or map is written in brackets. */
function isBracket(text: string, node: YamlNode): boolean {
  return node.type !== 'scalar' && /[[{]/.test(text[node.start] ?? '');
}

/**
 * The same text with a value at a path, which is replaced in its own style where there is one: only
 * what differs is written. What is missing on the way there is added.
 */
export function setAt(text: string, path: Path, value: Value, writing: Writing): string {
  const found = find(text, path);
  if (found !== undefined) return replace(text, path, found, value, writing);
  const key = path.at(-1);
  if (typeof key !== 'string') return refuse('no_way');
  const parentPath = path.slice(0, -1);
  const parent = find(text, parentPath);
  if (parent === undefined && parentPath.length > 0) {
    return setAt(text, parentPath, { [key]: value }, writing);
  }
  if (parent?.node.type === 'map') return insertEntry(text, parent, key, value, writing);
  if (parent === undefined || isEmpty(parent.node)) {
    if (parentPath.length > 0) return setAt(text, parentPath, { [key]: value }, writing);
    return `${endLine(text)}${writeEntry(key, value, 0, writing.manner)}\n`;
  }
  return refuse('no_way');
}

function isEmpty(node: YamlNode): boolean {
  return node.type === 'scalar' && node.value === null;
}

function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function replace(text: string, path: Path, found: Found, value: Value, writing: Writing): string {
  const { node, entry, where } = found;
  if (node.type === 'scalar' && typeof value !== 'object') {
    if (node.value === value) return text;
    if (!isEmpty(node)) {
      const raw = text.slice(node.start, node.end);
      return splice(text, node.start, node.end, writeScalar(value, where, raw, writing.manner));
    }
  }
  if (node.type === 'list' && isList(value))
    return mergeList(text, path, node.items, value, writing);
  if (node.type === 'map' && typeof value === 'object' && !isList(value)) {
    const keys = Object.keys(value);
    if (keys.length > 0) return mergeMap(text, path, node, value, writing);
  }
  if (entry === undefined) {
    return splice(text, node.start, node.end, writeInline(value, where, writing.manner));
  }
  const colon = colonOf(text, entry);
  const end = Math.max(node.end, colon + 1);
  if (where === 'brackets') {
    return splice(text, colon + 1, end, ` ${writeInline(value, where, writing.manner)}`);
  }
  const written = writeEntry(entry.key, value, columnOf(text, entry.start), writing.manner);
  return splice(text, colon + 1, end, written.slice(writeKey(entry.key).length + 1));
}

/** Where the colon after a key stands. */
function colonOf(text: string, { start }: YamlEntry): number {
  const quote = text[start];
  const isQuoted = quote === "'" || quote === '"';
  const from = isQuoted ? text.indexOf(quote, start + 1) : start;
  return text.indexOf(':', from);
}

function mergeMap(
  text: string,
  path: Path,
  node: YamlMap,
  value: { readonly [key: string]: Value },
  writing: Writing,
): string {
  const kept = node.entries.filter(({ key }) => Object.hasOwn(value, key));
  // A map is never left empty on the way: what is new comes first, then the old goes.
  const order = Object.keys(value);
  let merged = text;
  for (const [key, inner] of Object.entries(value)) {
    merged = setAt(merged, [...path, key], inner, { ...writing, order });
  }
  for (const { key } of node.entries) {
    if (!kept.some((entry) => entry.key === key)) merged = removeAt(merged, [...path, key]);
  }
  return merged;
}

/** Changes only the items between those that are alike at the beginning and at the end. */
function mergeList(
  text: string,
  path: Path,
  items: readonly YamlNode[],
  values: readonly Value[],
  writing: Writing,
): string {
  if (values.length === 0 || items.length === 0) {
    const list = find(text, path)?.node;
    if (list === undefined || items.length === values.length) return text;
    const written = writeInline(values, 'line', writing.manner);
    return splice(text, list.start, list.end, written);
  }
  const same = (item: YamlNode | undefined, value: Value | undefined): boolean =>
    item !== undefined && value !== undefined && isSame(item, value);
  const fewer = Math.min(items.length, values.length);
  let head = 0;
  while (head < fewer && same(items[head], values[head])) head += 1;
  let tail = 0;
  while (tail < fewer - head && same(items.at(-1 - tail), values.at(-1 - tail))) tail += 1;
  const [were, are] = [items.length - head - tail, values.length - head - tail];
  let merged = text;
  for (let at = 0; at < Math.max(were, are); at += 1) {
    const value = values[head + at];
    if (at < Math.min(were, are) && value !== undefined) {
      merged = setAt(merged, [...path, head + at], value, writing);
    } else if (at < are && value !== undefined) {
      merged = insertItem(merged, path, head + at, value, writing.manner);
    } else merged = removeAt(merged, [...path, head + are]);
  }
  return merged;
}

function isSame(node: YamlNode, value: Value): boolean {
  if (node.type === 'scalar') return node.value === value;
  if (node.type === 'list') {
    return (
      isList(value) &&
      value.length === node.items.length &&
      node.items.every((item, at) => {
        const other = value[at];
        return other !== undefined && isSame(item, other);
      })
    );
  }
  if (typeof value !== 'object' || isList(value)) return false;
  return (
    Object.keys(value).length === node.entries.length &&
    node.entries.every(({ key, value: inner }) => {
      const other = value[key];
      return other !== undefined && isSame(inner, other);
    })
  );
}

function insertEntry(
  text: string,
  { node, where }: Found,
  key: string,
  value: Value,
  { manner, order = [] }: Writing,
): string {
  if (node.type !== 'map') return refuse('no_way');
  const { entries } = node;
  const place = order.indexOf(key);
  const before =
    place < 0
      ? entries
      : entries.filter((entry) => {
          const at = order.indexOf(entry.key);
          return at >= 0 && at < place;
        });
  const anchor =
    place < 0
      ? entries.at(-1)
      : before.reduce<YamlEntry | undefined>(
          (last, entry) =>
            last === undefined || order.indexOf(entry.key) > order.indexOf(last.key) ? entry : last,
          undefined,
        );
  const [first] = entries;
  if (where === 'brackets' || isBracket(text, node)) {
    const written = `${writeKey(key)}: ${writeInline(value, 'brackets', manner)}`;
    if (first === undefined) return splice(text, node.start, node.end, `{ ${written} }`);
    return anchor === undefined
      ? splice(text, first.start, first.start, `${written}, `)
      : splice(text, anchor.end, anchor.end, `, ${written}`);
  }
  const indent = columnOf(text, node.start);
  const pad = ' '.repeat(indent);
  const written = writeEntry(key, value, indent, manner);
  if (anchor === undefined && first !== undefined) {
    return splice(text, first.start, first.start, `${written}\n${pad}`);
  }
  const at = lineEnd(text, Math.max(anchor?.end ?? node.end, node.start));
  return splice(text, at, at, `\n${pad}${written}`);
}

/** The same text without what is at a path; a group that would be left empty goes with it. */
export function removeAt(text: string, path: Path): string {
  const found = find(text, path);
  const last = path.at(-1);
  if (found?.parent === undefined || last === undefined) return text;
  const { node, entry, parent } = found;
  const siblings = parent.type === 'map' ? parent.entries : itemsOf(parent);
  if (siblings.length === 1) {
    if (path.length > 1) return removeAt(text, path.slice(0, -1));
    return splice(text, lineStart(text, parent.start), lineAfter(text, parent.end), '');
  }
  const index = typeof last === 'number' ? last : siblings.findIndex((one) => one === entry);
  const start = entry?.start ?? node.start;
  const next = siblings[index + 1];
  const previous = siblings[index - 1];
  if (isBracket(text, parent)) {
    return next === undefined
      ? splice(text, previous?.end ?? start, node.end, '')
      : splice(text, start, next.start, '');
  }
  const begin = typeof last === 'number' ? dashOf(text, start) : start;
  const line = lineStart(text, begin);
  // The first key of an item stands on the line of its dash.
  if (text.slice(line, begin).trim() !== '' && next !== undefined) {
    return splice(text, start, next.start, '');
  }
  return splice(text, line, lineAfter(text, Math.max(node.end, begin)), '');
}

function itemsOf(node: YamlNode): readonly YamlNode[] {
  return node.type === 'list' ? node.items : [];
}

/** Where the dash of an item of a list stands. */
export function dashOf(text: string, start: number): number {
  let before = start - 1;
  while (before >= 0 && /\s/.test(text[before] ?? '')) before -= 1;
  return text[before] === '-' ? before : text.lastIndexOf('-', start);
}

/** The same text with one more item in a list. */
export function insertItem(
  text: string,
  path: Path,
  index: number,
  value: Value,
  manner: Manner,
): string {
  const found = find(text, path);
  if (found?.node.type !== 'list') return refuse('no_way');
  const { items, start, end } = found.node;
  const item = items[index];
  const last = items.at(-1);
  if (found.where === 'brackets' || isBracket(text, found.node)) {
    const written = writeInline(value, 'brackets', manner);
    if (last === undefined) return splice(text, start, end, `[${written}]`);
    return item === undefined
      ? splice(text, last.end, last.end, `, ${written}`)
      : splice(text, item.start, item.start, `${written}, `);
  }
  const dash = columnOf(text, start);
  const written = `${' '.repeat(dash)}- ${writeItem(value, dash, manner)}`;
  if (item !== undefined) {
    const at = lineStart(text, dashOf(text, item.start));
    return splice(text, at, at, `${written}\n`);
  }
  const at = lineEnd(text, last?.end ?? end);
  return splice(text, at, at, `\n${written}`);
}

/** The same text with two neighbours of a list in each other's place, comments and all on their lines. */
export function swapItems(text: string, path: Path, first: number): string {
  const found = find(text, path);
  const items = found === undefined ? [] : itemsOf(found.node);
  const [one, other] = [items[first], items[first + 1]];
  if (one === undefined || other === undefined) return refuse('no_way');
  const [a, b] = [text.slice(one.start, one.end), text.slice(other.start, other.end)];
  return splice(splice(text, other.start, other.end, a), one.start, one.end, b);
}

/** The same text with a key under another name. */
export function renameKeyAt(text: string, path: Path, to: string): string {
  const entry = find(text, path)?.entry;
  if (entry === undefined) return text;
  return splice(text, entry.start, colonOf(text, entry), writeKey(to));
}
