import type { Groups } from '../engine/lesson.js';
import type { Tongue } from './tongue.js';
import { wordsOf } from './words-of.js';

/** Finds what words are about: numbers of the groups of synonyms they belong to, each once, in order. */
export type FindConcepts = (
  words: readonly string[],
  stems: readonly string[],
) => readonly number[];

type Expression = { readonly rest: readonly string[]; readonly group: number };

/** Makes a finder of groups of synonyms, numbered in their order. Words are compared by their stems, as are expressions. */
export function createConcepts(synonyms: Groups, { stem }: Tongue): FindConcepts {
  const exact = new Map<string, number[]>();
  const byStem = new Map<string, number[]>();
  const expressions = new Map<string, Expression[]>();
  [...synonyms.values()].forEach((entries, group) => {
    for (const entry of entries) {
      const words = wordsOf(entry);
      const [first, ...rest] = words.map(stem);
      if (first === undefined) continue;
      if (rest.length > 0) put(expressions, first, { rest, group });
      else {
        put(exact, words[0] ?? '', group);
        put(byStem, first, group);
      }
    }
  });

  return (words, stems) => {
    const found = new Set<number>();
    words.forEach((word, at) => {
      const own = stems[at] ?? word;
      for (const group of exact.get(word) ?? byStem.get(own) ?? []) found.add(group);
      for (const { rest, group } of expressions.get(own) ?? []) {
        if (rest.every((next, after) => stems[at + 1 + after] === next)) found.add(group);
      }
    });
    return [...found].sort((a, b) => a - b);
  };
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else if (!values.includes(value)) values.push(value);
}
