import type { Json } from '../json.js';
import type { YamlMap, YamlNode } from '../yaml.js';

/** A piece of YAML as plain data. */
export function jsonOf(node: YamlNode): Json {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(jsonOf);
    case 'map':
      return objectOf(node);
    default:
      return node satisfies never;
  }
}

/** A group of keys as a plain object. */
export function objectOf(map: YamlMap): { readonly [key: string]: Json } {
  return Object.fromEntries(map.entries.map(({ key, value }) => [key, jsonOf(value)]));
}
