import { isMap, isScalar, isSeq, parseDocument, type ParsedNode } from 'yaml';
import type { Place, Problem } from './problem.js';
import { mapOf, type YamlEntry, type YamlNode } from './yaml/nodes.js';
import { readPlain } from './yaml/plain.js';
import { createPlacer, type Placer } from './yaml/placer.js';

/** A file as it was read; `path` is printed in problems. */
export type SourceFile = { readonly path: string; readonly text: string };

export type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './yaml/nodes.js';

/**
 * Reads one YAML 1.2 document. `root` is absent when the file is empty or broken beyond reading;
 * what can still be read of a file with mistakes is given together with its problems.
 */
export function readYaml(file: SourceFile): YamlReading {
  const placeAt = createPlacer(file);
  const root = readPlain(file.text, placeAt);
  return root === undefined ? readWhole(file, placeAt) : { root, problems: [] };
}

/** What was read of a file. */
type YamlReading = { readonly root?: YamlNode; readonly problems: readonly Problem[] };

/** Reads a file with all that YAML has. */
export function readWhole(file: SourceFile, placeAt: Placer): YamlReading {
  const document = parseDocument(file.text, {
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  const problems: Problem[] = [];
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
      const keys = new Set<string>();
      for (const pair of node.items) {
        const keyStart = pair.key.range[0];
        if (!isScalar(pair.key)) {
          report(keyStart, 'yaml-syntax', 'a key must be a plain word; write `key: value`');
          continue;
        }
        const key = scalarText(pair.key.value, pair.key.source);
        const value = read(pair.value, pair.key.range[1]);
        const entry: YamlEntry = { key, value, keyPlace: () => placeAt(keyStart) };
        if (keys.has(key)) {
          report(keyStart, 'duplicate-key', `"${key}" is written twice; keep one of the two`);
          continue;
        }
        keys.add(key);
        entries.push(entry);
      }
      return mapOf(entries, place);
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
