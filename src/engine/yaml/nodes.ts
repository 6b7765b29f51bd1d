import type { Place } from '../problem.js';
import type { Placer } from './placer.js';

/** Where a piece stands in its file: the offsets of its first character, and after its last. */
export type YamlRange = { readonly start: number; readonly end: number };
export type YamlScalar = YamlRange & {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  /** The value as text: what was written, without quotes ("1.50" stays so). */
  readonly text: string;
  place(): Place;
};
export type YamlList = YamlRange & {
  readonly type: 'list';
  readonly items: readonly YamlNode[];
  place(): Place;
};
export type YamlEntry = YamlRange & {
  readonly key: string;
  readonly value: YamlNode;
  keyPlace(): Place;
};
export type YamlMap = YamlRange & {
  readonly type: 'map';
  readonly entries: readonly YamlEntry[];
  get(key: string): YamlNode | undefined;
  entry(key: string): YamlEntry | undefined;
  place(): Place;
};
/** A piece of a YAML file that knows its place. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

// Files have tens of thousands of pieces: objects of a class take a third of what closures take.

/** A piece at an offset of a file; its place is looked for when it is asked. */
class Located {
  constructor(
    private readonly placeAt: Placer,
    readonly start: number,
    readonly end: number,
  ) {}

  place(): Place {
    return this.placeAt(this.start);
  }
}

class ScalarNode extends Located implements YamlScalar {
  readonly type = 'scalar';
  constructor(
    readonly value: YamlScalar['value'],
    readonly text: string,
    placeAt: Placer,
    start: number,
    end: number,
  ) {
    super(placeAt, start, end);
  }
}

class ListNode extends Located implements YamlList {
  readonly type = 'list';
  constructor(
    readonly items: readonly YamlNode[],
    placeAt: Placer,
    start: number,
    end: number,
  ) {
    super(placeAt, start, end);
  }
}

class MapNode extends Located implements YamlMap {
  readonly type = 'map';
  constructor(
    readonly entries: readonly YamlEntry[],
    placeAt: Placer,
    start: number,
    end: number,
  ) {
    super(placeAt, start, end);
  }

  entry(key: string): YamlEntry | undefined {
    return this.entries.find((one) => one.key === key);
  }

  get(key: string): YamlNode | undefined {
    return this.entry(key)?.value;
  }
}

class KeyedNode extends Located implements YamlEntry {
  constructor(
    readonly key: string,
    readonly value: YamlNode,
    placeAt: Placer,
    start: number,
    end: number,
  ) {
    super(placeAt, start, end);
  }

  keyPlace(): Place {
    return this.place();
  }
}

/** Where pieces end that stand below each other; nothing but white space and comments is after. */
export function endOf(pieces: readonly YamlRange[], start: number): number {
  return pieces.at(-1)?.end ?? start;
}

/** Makes a scalar that begins at an offset and ends before another. */
export function scalarAt(
  value: YamlScalar['value'],
  text: string,
  placeAt: Placer,
  start: number,
  end: number,
): YamlScalar {
  return new ScalarNode(value, text, placeAt, start, end);
}

/** Makes a list that begins at an offset and ends before another. */
export function listAt(
  items: readonly YamlNode[],
  placeAt: Placer,
  start: number,
  end: number,
): YamlList {
  return new ListNode(items, placeAt, start, end);
}

/** Makes a map of entries whose keys differ, which begins at an offset and ends before another. */
export function mapAt(
  entries: readonly YamlEntry[],
  placeAt: Placer,
  start: number,
  end: number,
): YamlMap {
  return new MapNode(entries, placeAt, start, end);
}

/** Makes an entry whose key begins at an offset; it ends with its value. */
export function entryAt(key: string, value: YamlNode, placeAt: Placer, start: number): YamlEntry {
  return new KeyedNode(key, value, placeAt, start, value.end);
}

/** The same map with other entries. */
export function withEntries(map: YamlMap, entries: readonly YamlEntry[]): YamlMap {
  return new MapNode(entries, () => map.place(), map.start, map.end);
}

/** The same entry under another key. */
export function withKey(entry: YamlEntry, key: string): YamlEntry {
  return new KeyedNode(key, entry.value, () => entry.keyPlace(), entry.start, entry.end);
}
