import {
  endOf,
  entryAt,
  listAt,
  mapAt,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from './nodes.js';
import type { Placer } from './placer.js';
import { findLine, isPlainText, nextLine, type PlainLine } from './plain-lines.js';
import { readValue } from './plain-value.js';

/**
 * Reads a file in which every line is plain (`key: value`, `- key: value`, `- value`), as nearly all
 * files of flows and words are, ten times faster than the whole of YAML is read. Undefined when a
 * line is anything else or looks wrong: then the YAML library reads the file, and tells what is.
 */
export function readPlain(text: string, placeAt: Placer): YamlMap | undefined {
  if (!isPlainText(text)) return undefined;
  let line = findLine(text, 0);

  /** Reads the map whose keys stand in a column; its first line may follow the dash of an item. */
  const readMap = (column: number, first: PlainLine): YamlMap | undefined => {
    const entries: YamlEntry[] = [];
    const keys = new Set<string>();
    for (let at: typeof line = first; at !== undefined; at = line) {
      if (at === 'strange') return undefined;
      if (entries.length > 0 && (at.dash || at.indent !== column)) {
        if (at.indent < column) break;
        return undefined;
      }
      const { key, keyStart } = at;
      if (key === undefined || keys.has(key)) return undefined;
      keys.add(key);
      const value = at.valueStart === undefined ? readBelow(at, column) : readHere(at, column);
      if (value === undefined) return undefined;
      entries.push(entryAt(key, value, placeAt, keyStart));
    }
    return mapAt(entries, placeAt, first.keyStart, endOf(entries, first.keyStart));
  };

  const readList = (column: number, { start }: PlainLine): YamlNode | undefined => {
    const items: YamlNode[] = [];
    for (let at = line; at !== undefined; at = line) {
      if (at === 'strange') return undefined;
      if (!at.dash || at.indent !== column) {
        if (at.indent < column || (!at.dash && at.indent === column)) break;
        return undefined;
      }
      const item = at.key === undefined ? readHere(at, column) : readMap(column + 2, at);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return listAt(items, placeAt, start, endOf(items, start));
  };

  /** Reads the value that stands on the lines below its key, further in. */
  const readBelow = ({ keyStart }: PlainLine, column: number): YamlNode | undefined => {
    line = findLine(text, nextLine(text, keyStart));
    if (line === undefined || line === 'strange') return undefined;
    const { dash, indent, key } = line;
    if (dash) return indent >= column ? readList(indent, line) : undefined;
    if (indent <= column) return undefined;
    return key === undefined ? readHere(line, column) : readMap(indent, line);
  };

  /** Reads the value that begins on a line. */
  const readHere = ({ valueStart }: PlainLine, column: number): YamlNode | undefined => {
    const value =
      valueStart === undefined ? undefined : readValue(text, valueStart, column, placeAt);
    if (value === undefined) return undefined;
    line = findLine(text, value.end);
    return value.node;
  };

  if (line === undefined || line === 'strange' || line.dash || line.indent > 0) return undefined;
  const root = readMap(0, line);
  return line === undefined ? root : undefined;
}
