import { isAlias, isMap, isScalar, isSeq, parseDocument, type ParsedNode } from 'yaml';
import { mistakeAt, type Problem } from '../problem.js';
import { say, type Sentence } from '../sentence.js';
import { explainSlip } from './explain.js';
import { mendLine, MENDED } from './mend.js';
import { endOf, entryAt, listAt, mapAt, scalarAt, type YamlEntry, type YamlNode } from './nodes.js';
import { withSpaces } from './no-break.js';
import { createPlacer, type Placer } from './placer.js';

const NO_BREAK = say`a no-break space stands here, as text processors write it; write an ordinary space in its place`;

/** What was read of a file. */
export type YamlReading = { readonly root?: YamlNode; readonly problems: readonly Problem[] };

/** Mistakes of syntax told at once, each found by a reading without the lines of those before. */
const MOST_SLIPS = 10;
/** Characters of a file that is read more than once. */
const LONGEST_READ_AGAIN = 50_000;

/**
 * Reads a file with all that YAML has. A line that cannot be read is told and put aside, and the
 * rest read again, so that one mistake hides no other and is told once.
 */
export function readWhole(
  file: { readonly path: string; readonly text: string },
  placeAt: Placer = createPlacer(file),
): YamlReading {
  const problems: Problem[] = [];
  let { text } = file;
  let placer = placeAt;
  let document = parse(text);
  if (document.errors.length > 0) {
    const spaced = withSpaces(text);
    const again = spaced.offsets.length > 0 ? parse(spaced.text) : document;
    // Within texts a no-break space is right: it is only told where it made mistakes.
    if (again.errors.length < document.errors.length) {
      for (const offset of spaced.offsets) {
        problems.push(mistakeAt(placer(offset), 'yaml-syntax', NO_BREAK));
      }
      ({ text } = spaced);
      document = again;
    }
  }
  const tries = new Map<number, number>();
  for (let [error] = document.errors; error !== undefined; [error] = document.errors) {
    const { offset, sentence } = explainSlip(text, document, error);
    const place = placer(offset);
    const tried = tries.get(place.line) ?? 0;
    if (tried === 0) {
      problems.push(mistakeAt(place, 'yaml-syntax', sentence));
    }
    const mended = mendLine(text, place.line, tried);
    const isOver = tries.size >= MOST_SLIPS || text.length > LONGEST_READ_AGAIN;
    if (mended === undefined || isOver) break;
    tries.set(place.line, tried + 1);
    text = mended;
    placer = withinLines(file.text, createPlacer({ path: file.path, text }));
    document = parse(text);
  }
  const contents: ParsedNode | null = document.contents;
  if (contents === null) return { problems };
  return { root: readNode(contents, text, placer, problems), problems };
}

/** Places of a text that was mended, none of them past the end of a line as it was written. */
function withinLines(written: string, placeAt: Placer): Placer {
  const lines = written.split('\n');
  return (offset) => {
    const place = placeAt(offset);
    const end = (lines[place.line - 1] ?? '').length + 1;
    return { ...place, column: Math.min(place.column, end) };
  };
}

function parse(text: string) {
  return parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
}

function readNode(
  contents: ParsedNode,
  text: string,
  placeAt: Placer,
  problems: Problem[],
): YamlNode {
  const report = (offset: number, code: string, sentence: Sentence): void => {
    problems.push(mistakeAt(placeAt(offset), code, sentence));
  };
  const refuseMark = (node: ParsedNode | null, start: number): void => {
    const mark = node === null ? undefined : markOf(node);
    if (mark === undefined) return;
    const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const before = mark === '*' ? '' : (/[!&]\S*\s*$/.exec(line)?.[0] ?? '');
    report(
      start - before.length,
      'yaml-syntax',
      say`a text that begins with ${mark} must be in quotes`,
    );
  };
  const read = (node: ParsedNode | null, offset: number): YamlNode => {
    const start = node?.range[0] ?? offset;
    refuseMark(node, start);
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const entries: YamlEntry[] = [];
      const keys = new Set<string>();
      for (const pair of node.items) {
        const keyStart = pair.key.range[0];
        if (!isScalar(pair.key)) {
          report(keyStart, 'yaml-syntax', say`a key must be a plain word; write \`key: value\``);
          continue;
        }
        refuseMark(pair.key, keyStart);
        const key = scalarText(pair.key.value, pair.key.source);
        if (key === MENDED) continue;
        const value = read(pair.value, pair.key.range[1]);
        const entry = entryAt(key, value, placeAt, keyStart);
        if (keys.has(key)) {
          report(keyStart, 'duplicate-key', say`"${key}" is written twice; keep one of the two`);
          continue;
        }
        keys.add(key);
        entries.push(entry);
      }
      return mapAt(
        entries,
        placeAt,
        start,
        node.flow === true ? node.range[1] : endOf(entries, start),
      );
    }
    if (isSeq<ParsedNode>(node)) {
      const items = node.items.map((item) => read(item, start));
      return listAt(
        items,
        placeAt,
        start,
        node.flow === true ? node.range[1] : endOf(items, start),
      );
    }
    if (!isScalar(node)) return scalarAt(null, '', placeAt, start, start);
    const { value, source } = node;
    const isPlain =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    // Other spaces, such as one that does not break, belong to the value.
    const end = start + text.slice(start, node.range[1]).replace(/[ \t\r\n]+$/, '').length;
    return scalarAt(isPlain ? value : null, scalarText(value, source), placeAt, start, end);
  };
  return read(contents, 0);
}

/** The sign at the beginning of a value to which YAML gives a meaning of its own. */
function markOf(node: ParsedNode): '*' | '&' | '!' | undefined {
  if (isAlias(node)) return '*';
  if (node.anchor !== undefined) return '&';
  return node.tag !== undefined && node.tag !== '' ? '!' : undefined;
}

function scalarText(value: unknown, source: string | undefined): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return source ?? (typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '');
}
