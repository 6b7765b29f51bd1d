import { renameArgument } from '../icu.js';
import type { YamlNode } from '../yaml.js';
import { withFlow, withWords, type FlowTexts } from './flow-texts.js';
import { stepsOf } from './steps.js';
import { readRoot, setAt, type Path } from './yaml-edit.js';

/** The texts with an answer under another name, wherever conditions, values, options and words read it. */
export function renameAnswer(texts: FlowTexts, from: string, to: string): FlowTexts {
  const flow = withFlow(texts, (text) => {
    const changes = stepsOf(text).flatMap(({ index, map }) =>
      ['next', 'set', 'with', 'wait', 'options_from'].flatMap((key) => {
        const node = map.get(key);
        const rename = key === 'options_from' ? same(from, to) : inExpression(from, to);
        return node === undefined ? [] : changesIn(node, ['steps', index, key], rename);
      }),
    );
    return changes.reduce(
      (result, { path, value }) => setAt(result, path, value, { manner: 'flow' }),
      text,
    );
  });
  return withWords(flow, (text) => {
    const root = readRoot(text);
    const rename = (phrase: string): string => renameArgument(phrase, from, to);
    const changes = root === undefined ? [] : changesIn(root, [], rename);
    return changes.reduce(
      (result, { path, value }) => setAt(result, path, value, { manner: 'words' }),
      text,
    );
  });
}

type Change = { readonly path: Path; readonly value: string };

/** Every text within a piece that is another one when it is renamed; names of steps have no answers. */
function changesIn(
  node: YamlNode,
  path: Path,
  rename: (text: string) => string,
): readonly Change[] {
  switch (node.type) {
    case 'scalar': {
      if (typeof node.value !== 'string') return [];
      const value = rename(node.value);
      return value === node.value ? [] : [{ path, value }];
    }
    case 'list':
      return node.items.flatMap((item, at) => changesIn(item, [...path, at], rename));
    case 'map':
      return node.entries.flatMap(({ key, value }) => changesIn(value, [...path, key], rename));
    default:
      return node satisfies never;
  }
}

function same(from: string, to: string): (text: string) => string {
  return (text) => (text === from ? to : text);
}

/** Texts of CEL in quotes, and names with what they are read from. */
const PIECE = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\banswers\s*\.\s*\w+/g;

function inExpression(from: string, to: string): (text: string) => string {
  return (text) =>
    text.replace(PIECE, (piece) => {
      const name = /^answers\s*\.\s*(\w+)$/.exec(piece)?.[1];
      return name === from ? piece.slice(0, piece.length - from.length) + to : piece;
    });
}
