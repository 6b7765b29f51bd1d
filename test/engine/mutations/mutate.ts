import type { Chance } from '../chance.js';

type Mutation = (text: string, chance: Chance) => string;

/** What stands where something of another type should. */
const VALUES = [
  ['true', '12', '-1', '1.5', '1e999', 'null', '~', '[]', '{}', '[a, b]', '{ a: b }', '""', "'"],
  ['2d', '2032-03-14', '|', '>', '&a', '*a', '!!set', '- x', '%', '@', '`', '?', 'end', 'text'],
  ['answers.x', '"has(answers.a)"', '__proto__', 'constructor', 'https://x.y', '{firstName}'],
].flat();

const MUTATIONS: readonly Mutation[] = [
  dropLines,
  duplicateLines,
  rename,
  retype,
  reindent,
  cut,
  swapLines,
  swapWords,
  insertGarbage,
];

/** Changes a text at one to three places, as a slip of the hand or a broken disk would. */
export function mutate(text: string, chance: Chance): string {
  let mutated = text;
  for (let times = 1 + chance.below(3); times > 0; times -= 1) {
    mutated = chance.pick(MUTATIONS)?.(mutated, chance) ?? mutated;
  }
  return mutated;
}

function dropLines(text: string, chance: Chance): string {
  const lines = text.split('\n');
  lines.splice(chance.below(lines.length), 1 + chance.below(3));
  return lines.join('\n');
}

function duplicateLines(text: string, chance: Chance): string {
  const lines = text.split('\n');
  const from = chance.below(lines.length);
  const copied = lines.slice(from, from + 1 + chance.below(4));
  lines.splice(chance.below(2) === 0 ? from : chance.below(lines.length), 0, ...copied);
  return lines.join('\n');
}

/** Misspells a word, or puts another word of the text in its place. */
function rename(text: string, chance: Chance): string {
  const words = [...text.matchAll(/[\p{L}\p{N}_]+/gu)];
  const word = chance.pick(words);
  if (word === undefined) return text;
  const letter = chance.below(word[0].length);
  const other =
    chance.below(2) === 0
      ? (chance.pick(words)?.[0] ?? '')
      : word[0].slice(0, letter) + word[0].slice(letter + 1);
  return replaced(text, word.index, word[0].length, other);
}

function retype(text: string, chance: Chance): string {
  const value = chance.pick([...text.matchAll(/(?<=: |- )[^\n]+/g)]);
  if (value === undefined) return text;
  return replaced(text, value.index, value[0].length, chance.pick(VALUES) ?? '');
}

function reindent(text: string, chance: Chance): string {
  const lines = text.split('\n');
  const from = chance.below(lines.length);
  const until = from + 1 + chance.below(4);
  const further = chance.pick(['  ', ' ', '\t', '']) ?? '';
  return lines
    .map((line, index) => {
      if (index < from || index >= until) return line;
      return further === '' ? line.replace(/^ {1,2}/, '') : further + line;
    })
    .join('\n');
}

function cut(text: string, chance: Chance): string {
  return text.slice(0, chance.below(text.length));
}

function swapLines(text: string, chance: Chance): string {
  const lines = text.split('\n');
  const [a, b] = [chance.below(lines.length), chance.below(lines.length)];
  [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  return lines.join('\n');
}

function swapWords(text: string, chance: Chance): string {
  const words = [...text.matchAll(/[\p{L}\p{N}_.]+/gu)];
  const [a, b] = [chance.pick(words), chance.pick(words)];
  if (a === undefined || b === undefined || a.index >= b.index) return text;
  return replaced(replaced(text, b.index, b[0].length, a[0]), a.index, a[0].length, b[0]);
}

/** Bytes as a broken disk would write them, read as UTF-8. */
function insertGarbage(text: string, chance: Chance): string {
  const bytes = Buffer.from(text);
  const at = chance.below(bytes.length + 1);
  const garbage = Buffer.from(
    Array.from({ length: 1 + chance.below(4) }, () =>
      chance.below(2) === 0 ? chance.below(256) : 32 + chance.below(95),
    ),
  );
  return Buffer.concat([bytes.subarray(0, at), garbage, bytes.subarray(at)]).toString('utf8');
}

function replaced(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length);
}
