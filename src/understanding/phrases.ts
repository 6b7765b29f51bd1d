import type { Groups } from '../engine/lesson.js';
import { createRandom } from './random.js';
import { wordsOf } from './words-of.js';

/** A phrase that is taught: the class it is of, and the part of all phrases that it falls into. */
export type Phrase = { readonly text: string; readonly label: number; readonly part: number };

/** Into how many parts phrases fall; each is kept out once, to see what the others teach. */
export const PARTS = 3;

/** Every phrase, those of one intent spread evenly over the parts. */
export function phrasesOf(intents: Groups): readonly Phrase[] {
  const random = createRandom(2);
  return [...intents.values()].flatMap((texts, label) => {
    const order = texts.map((text) => ({ text, at: random() })).sort((a, b) => a.at - b.at);
    const parts = new Map(order.map(({ text }, index) => [text, index % PARTS]));
    return texts.map((text) => ({ text, label, part: parts.get(text) ?? 0 }));
  });
}

/** The words of texts, the most frequent first. */
export function wordsByFrequency(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
}
