import type { Place } from '../problem.js';

export type YamlScalar = {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  /** The value as text: what was written, without quotes ("1.50" stays so). */
  readonly text: string;
  readonly place: () => Place;
};
export type YamlList = {
  readonly type: 'list';
  readonly items: readonly YamlNode[];
  readonly place: () => Place;
};
export type YamlEntry = {
  readonly key: string;
  readonly value: YamlNode;
  readonly keyPlace: () => Place;
};
export type YamlMap = {
  readonly type: 'map';
  readonly entries: readonly YamlEntry[];
  readonly get: (key: string) => YamlNode | undefined;
  readonly entry: (key: string) => YamlEntry | undefined;
  readonly place: () => Place;
};
/** A piece of a YAML file that knows its place. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

/** Makes a map of entries whose keys differ. */
export function mapOf(entries: readonly YamlEntry[], place: () => Place): YamlMap {
  const entry = (key: string): YamlEntry | undefined => entries.find((one) => one.key === key);
  return { type: 'map', entries, get: (key) => entry(key)?.value, entry, place };
}
