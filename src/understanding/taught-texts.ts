import { HASH_START, hashEnd, hashOn } from './hash.js';
import { wordsOf } from './words-of.js';

/** Texts that were taught word for word, by their hashes, and the class of each. */
export type TaughtTexts = { readonly keys: Int32Array; readonly labels: Int32Array };

/** Keeps what each phrase means; one that means two things is left out. */
export function keepTexts(
  phrases: readonly { readonly text: string; readonly label: number }[],
): TaughtTexts {
  const labels = new Map<number, number | undefined>();
  for (const { text, label } of phrases) {
    const key = keyOf(text);
    labels.set(key, labels.has(key) && labels.get(key) !== label ? undefined : label);
  }
  const sure = [...labels].flatMap(([key, label]) => (label === undefined ? [] : [{ key, label }]));
  return {
    keys: Int32Array.from(sure, ({ key }) => key),
    labels: Int32Array.from(sure, ({ label }) => label),
  };
}

/** Makes a function that finds the class of a text that was taught; undefined when it was not. */
export function createFindTaught({
  keys,
  labels,
}: TaughtTexts): (text: string) => number | undefined {
  const byKey = new Map<number, number>();
  keys.forEach((key, at) => byKey.set(key, labels[at] ?? 0));
  return (text) => byKey.get(keyOf(text));
}

function keyOf(text: string): number {
  return hashEnd(hashOn(HASH_START, wordsOf(text).join(' ')));
}
