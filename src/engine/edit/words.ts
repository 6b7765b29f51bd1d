import { nameOf } from '../parse/locales.js';
import type { YamlNode } from '../yaml.js';
import { withWords, type FlowTexts } from './flow-texts.js';
import { stepsOf } from './steps.js';
import type { Value } from './write-yaml.js';
import { readRoot, removeAt, renameKeyAt, setAt, type Path } from './yaml-edit.js';

/** Keys of a question in the order its words are written in. */
const WORD_ORDER = ['ask', 'retry', 'skip', 'options'];

/** The texts with a phrase of one language written, or taken away; the language's file is begun if need be. */
export function setWords(
  texts: FlowTexts,
  language: string,
  key: string,
  phrase: string | undefined,
): FlowTexts {
  const path = `locales/${language}/${nameOf(texts.flow.path).name}.yaml`;
  const has = texts.words.some((file) => nameOf(file.path).language === language);
  const known =
    has || phrase === undefined ? texts : { ...texts, words: [...texts.words, { path, text: '' }] };
  const order = (): readonly string[] => namesOf(texts.flow.text);
  return withWords(known, (text, own) => {
    if (own !== language) return text;
    return phrase === undefined ? removePhrase(text, key) : writePhrase(text, key, phrase, order);
  });
}

/** The names that steps say and ask, in order. */
function namesOf(text: string): readonly string[] {
  return stepsOf(text).flatMap(({ kind, value }) =>
    (kind === 'say' || kind === 'collect') && value !== undefined ? [value] : [],
  );
}

function removePhrase(text: string, key: string): string {
  const path = findPath(readRoot(text), key);
  return path === undefined ? text : removeAt(text, path);
}

function writePhrase(
  text: string,
  key: string,
  phrase: string,
  order: () => readonly string[],
): string {
  const root = readRoot(text);
  const known = findPath(root, key);
  if (known !== undefined) return setAt(text, known, phrase, { manner: 'words' });
  const { path, rest } = descend(root, key);
  const [name = key, ...inner] = rest;
  // A question that has `retry` itself has `retry.<reason>` beside it.
  const isBeside = path.length > 0 && name !== 'options';
  const own = isBeside ? rest.join('.') : name;
  const value = isBeside
    ? phrase
    : inner.reduceRight<Value>((made, part) => ({ [part]: made }), phrase);
  return setAt(text, [...path, own], value, {
    manner: 'words',
    order: path.length === 0 ? order() : orderWith(own),
  });
}

function orderWith(key: string): readonly string[] {
  const [stem = key] = key.split('.');
  const at = WORD_ORDER.indexOf(stem);
  if (at < 0) return [];
  if (stem === key) return WORD_ORDER;
  return [...WORD_ORDER.slice(0, at + 1), key, ...WORD_ORDER.slice(at + 1)];
}

/** Where a key is written: each of its dots may stand for a group within, or for itself. */
function findPath(node: YamlNode | undefined, key: string): Path | undefined {
  if (node?.type !== 'map') return undefined;
  for (const entry of node.entries) {
    if (entry.key === key) return entry.value.type === 'map' ? undefined : [entry.key];
    if (!key.startsWith(`${entry.key}.`)) continue;
    const within = findPath(entry.value, key.slice(entry.key.length + 1));
    if (within !== undefined) return [entry.key, ...within];
  }
  return undefined;
}

/** How far groups for a key are there, and what is missing of it. */
function descend(
  node: YamlNode | undefined,
  key: string,
): { readonly path: Path; readonly rest: readonly string[] } {
  const parts = key.split('.');
  const path: string[] = [];
  let at = node;
  for (const part of parts.slice(0, -1)) {
    const within: YamlNode | undefined = at?.type === 'map' ? at.get(part) : undefined;
    if (within?.type !== 'map') break;
    path.push(part);
    at = within;
  }
  return { path, rest: parts.slice(path.length) };
}

/** The texts with all words of a name under another name, unless that has words already. */
export function renameWords(texts: FlowTexts, from: string, to: string): FlowTexts {
  return withWords(texts, (text) => {
    const root = readRoot(text);
    const isTaken = root?.type === 'map' && root.get(to) !== undefined;
    return isTaken ? removeAt(text, [from]) : renameKeyAt(text, [from], to);
  });
}

/** The texts without the words of a name. */
export function removeWords(texts: FlowTexts, name: string): FlowTexts {
  return withWords(texts, (text) => removeAt(text, [name]));
}

/** The texts with the words of a name once more, under another name, below them. */
export function copyWords(texts: FlowTexts, from: string, to: string): FlowTexts {
  return withWords(texts, (text) => {
    const root = readRoot(text);
    const value = root?.type === 'map' ? root.get(from) : undefined;
    if (value === undefined) return text;
    return setAt(text, [to], valueOf(value), { manner: 'words', order: [from, to] });
  });
}

function valueOf(node: YamlNode): Value {
  switch (node.type) {
    case 'scalar':
      return node.text;
    case 'list':
      return node.items.map(valueOf);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, valueOf(value)]));
    default:
      return node satisfies never;
  }
}

/** Every phrase of a file of words by its key; refuses one with a mistake of syntax. */
export function phrasesOf(text: string): ReadonlyMap<string, string> {
  const phrases = new Map<string, string>();
  const visit = (node: YamlNode | undefined, prefix: string): void => {
    if (node?.type !== 'map') return;
    for (const { key, value } of node.entries) {
      if (value.type === 'scalar') phrases.set(`${prefix}${key}`, value.text);
      else visit(value, `${prefix}${key}.`);
    }
  };
  visit(readRoot(text), '');
  return phrases;
}
