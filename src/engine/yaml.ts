import { isMap, isScalar, isSeq, parseDocument, type ParsedNode } from 'yaml';
import type { Place, Problem } from './problem.js';

/** A file as it was read; `path` is printed in problems. */
export type SourceFile = { readonly path: string; readonly text: string };

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

/**
 * Reads one YAML 1.2 document. `root` is absent when the file is empty or broken beyond reading;
 * what can still be read of a file with mistakes is given together with its problems.
 */
export function readYaml(file: SourceFile): {
  readonly root?: YamlNode;
  readonly problems: readonly Problem[];
} {
  const document = parseDocument(file.text, {
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  const problems: Problem[] = [];
  const placeAt = createPlacer(file);
  const report = (offset: number, code: string, message: string): void => {
    problems.push({ ...placeAt(offset), severity: 'error', code, message });
  };
  let told = -1;
  for (const error of document.errors) {
    if (error.pos[0] === told) continue;
    told = error.pos[0];
    const cause = error.message.replace(/[.:]?\s*$/, '');
    report(error.pos[0], 'yaml-syntax', `${cause}; check the indentation, quotes and colons here`);
  }
  const read = (node: ParsedNode | null, offset: number): YamlNode => {
    const start = node?.range[0] ?? offset;
    const place = (): Place => placeAt(start);
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const entries: YamlEntry[] = [];
      const byKey = new Map<string, YamlEntry>();
      for (const pair of node.items) {
        const keyStart = pair.key.range[0];
        if (!isScalar(pair.key)) {
          report(keyStart, 'yaml-syntax', 'a key must be a plain word; write `key: value`');
          continue;
        }
        const key = scalarText(pair.key.value, pair.key.source);
        const value = read(pair.value, pair.key.range[1]);
        const entry: YamlEntry = { key, value, keyPlace: () => placeAt(keyStart) };
        if (byKey.has(key)) {
          report(keyStart, 'duplicate-key', `"${key}" is written twice; keep one of the two`);
          continue;
        }
        byKey.set(key, entry);
        entries.push(entry);
      }
      return {
        type: 'map',
        entries,
        get: (key) => byKey.get(key)?.value,
        entry: (key) => byKey.get(key),
        place,
      };
    }
    if (isSeq<ParsedNode>(node)) {
      return { type: 'list', items: node.items.map((item) => read(item, start)), place };
    }
    if (isScalar(node)) {
      const { value } = node;
      const text = scalarText(value, node.source);
      const plain =
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return { type: 'scalar', value: plain ? value : null, text, place };
    }
    if (node !== null) {
      report(start, 'yaml-syntax', 'a reference (`*name`) is not read here; write the value out');
    }
    return { type: 'scalar', value: null, text: '', place };
  };
  const contents: ParsedNode | null = document.contents;
  if (contents === null) return { problems };
  const root = read(contents, 0);
  return { root, problems };
}

function scalarText(value: unknown, source: string | undefined): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return source ?? (typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '');
}

/** Finds lines and columns by offset; the file is looked through once, when first asked. */
function createPlacer(file: SourceFile): (offset: number) => Place {
  let starts: number[] | undefined;
  const findStarts = (): number[] => {
    const found = [0];
    for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) {
      found.push(at + 1);
    }
    return found;
  };
  return (offset) => {
    starts ??= findStarts();
    const at = Math.min(offset, file.text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { file: file.path, line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  };
}
