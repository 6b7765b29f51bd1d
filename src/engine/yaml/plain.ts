import { mapOf, type YamlEntry, type YamlMap, type YamlNode } from './nodes.js';
import type { Placer } from './placer.js';
import { readLines, type PlainLine } from './plain-lines.js';
import { readValue } from './plain-value.js';

/**
 * Reads a file in which every line is plain (`key: value`, `- key: value`, `- value`), as nearly all
 * files of flows and words are, ten times faster than the whole of YAML is read. Undefined when a
 * line is anything else or looks wrong: then the YAML library reads the file, and tells what is.
 */
export function readPlain(text: string, placeAt: Placer): YamlMap | undefined {
  const lines = readLines(text);
  const [first] = lines ?? [];
  if (lines === undefined || first === undefined || first.dash || first.indent > 0)
    return undefined;
  let next = 0;

  /** Reads the map whose keys stand in a column; its first line may follow the dash of an item. */
  const readMap = (column: number): YamlMap | undefined => {
    const start = lines[next]?.keyStart ?? 0;
    const entries: YamlEntry[] = [];
    const keys = new Set<string>();
    for (let line = lines[next]; line !== undefined; line = lines[next]) {
      if (entries.length > 0 && (line.dash || line.indent !== column)) {
        if (line.indent < column) break;
        return undefined;
      }
      const { key, keyStart } = line;
      if (key === undefined || keys.has(key)) return undefined;
      keys.add(key);
      next += 1;
      const value = readBelow(line, column);
      if (value === undefined) return undefined;
      entries.push({ key, value, keyPlace: () => placeAt(keyStart) });
    }
    return mapOf(entries, () => placeAt(start));
  };

  const readList = (column: number): YamlNode | undefined => {
    const start = lines[next]?.start ?? 0;
    const items: YamlNode[] = [];
    for (let line = lines[next]; line !== undefined; line = lines[next]) {
      if (!line.dash || line.indent !== column) {
        if (line.indent < column || (!line.dash && line.indent === column)) break;
        return undefined;
      }
      if (line.key === undefined) next += 1;
      const item = line.key === undefined ? valueOf(line) : readMap(column + 2);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return { type: 'list', items, place: () => placeAt(start) };
  };

  /** Reads the value of a key: on its line, or on the lines below, further in. */
  const readBelow = (line: PlainLine, column: number): YamlNode | undefined => {
    if (line.valueStart !== undefined) return valueOf(line);
    const below = lines[next];
    if (below === undefined) return undefined;
    if (below.dash) return below.indent >= column ? readList(below.indent) : undefined;
    return below.indent > column ? readMap(below.indent) : undefined;
  };

  const valueOf = ({ valueStart, end }: PlainLine): YamlNode | undefined =>
    valueStart === undefined ? undefined : readValue(text, valueStart, end, placeAt);

  const root = readMap(0);
  return next === lines.length ? root : undefined;
}
