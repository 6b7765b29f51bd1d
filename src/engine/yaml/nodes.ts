import type { Place } from '../problem.js';
import type { Placer } from './placer.js';

export type YamlScalar = {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  /** The value as text: what was written, without quotes ("1.50" stays so). */
  readonly text: string;
  place(): Place;
};
export type YamlList = {
  readonly type: 'list';
  readonly items: readonly YamlNode[];
  place(): Place;
};
export type YamlEntry = {
  readonly key: string;
  readonly value: YamlNode;
  keyPlace(): Place;
};
export type YamlMap = {
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
    private readonly offset: number,
  ) {}

  place(): Place {
    return this.placeAt(this.offset);
  }
}

class ScalarNode extends Located implements YamlScalar {
  readonly type = 'scalar';
  constructor(
    readonly value: YamlScalar['value'],
    readonly text: string,
    placeAt: Placer,
    offset: number,
  ) {
    super(placeAt, offset);
  }
}

class ListNode extends Located implements YamlList {
  readonly type = 'list';
  constructor(
    readonly items: readonly YamlNode[],
    placeAt: Placer,
    offset: number,
  ) {
    super(placeAt, offset);
  }
}

class MapNode extends Located implements YamlMap {
  readonly type = 'map';
  constructor(
    readonly entries: readonly YamlEntry[],
    placeAt: Placer,
    offset: number,
  ) {
    super(placeAt, offset);
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
    offset: number,
  ) {
    super(placeAt, offset);
  }

  keyPlace(): Place {
    return this.place();
  }
}

/** Makes a scalar that begins at an offset. */
export function scalarAt(
  value: YamlScalar['value'],
  text: string,
  placeAt: Placer,
  offset: number,
): YamlScalar {
  return new ScalarNode(value, text, placeAt, offset);
}

/** Makes a list that begins at an offset. */
export function listAt(items: readonly YamlNode[], placeAt: Placer, offset: number): YamlList {
  return new ListNode(items, placeAt, offset);
}

/** Makes a map of entries whose keys differ, which begins at an offset. */
export function mapAt(entries: readonly YamlEntry[], placeAt: Placer, offset: number): YamlMap {
  return new MapNode(entries, placeAt, offset);
}

/** Makes an entry whose key begins at an offset. */
export function entryAt(key: string, value: YamlNode, placeAt: Placer, offset: number): YamlEntry {
  return new KeyedNode(key, value, placeAt, offset);
}

/** The same map with other entries. */
export function withEntries(map: YamlMap, entries: readonly YamlEntry[]): YamlMap {
  return new MapNode(entries, () => map.place(), 0);
}

/** The same entry under another key. */
export function withKey(entry: YamlEntry, key: string): YamlEntry {
  return new KeyedNode(key, entry.value, () => entry.keyPlace(), 0);
}
