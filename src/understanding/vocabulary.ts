import { KINDS, type Features } from './read-features.js';

/** The features that were taught: their keys, and how rare each is. */
export type Vocabulary = { readonly keys: Int32Array; readonly rarity: Float32Array };

/** A text as numbers: positions of its features in the vocabulary, and how much each counts. */
export type Vector = { readonly ids: Int32Array; readonly values: Float32Array };

export type Vectorize = (features: Features) => Vector;

const WEIGHTS = Object.values(KINDS);

/** Gathers the features that occur in `fewest` texts or more. */
export function learnVocabulary(texts: readonly Features[], fewest: number): Vocabulary {
  const counts = new Map<number, number>();
  for (const { keys } of texts) {
    for (const key of new Set(keys.flat())) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= fewest);
  return {
    keys: Int32Array.from(kept, ([key]) => key),
    rarity: Float32Array.from(kept, ([, count]) => Math.log((texts.length + 1) / (count + 1)) + 1),
  };
}

/**
 * Makes a function from features to vectors. What a feature counts grows with its rarity and, slowly,
 * with how often it occurs; each kind has the length that `KINDS` gives it. Unknown features are left out.
 */
export function createVectorize({ keys, rarity }: Vocabulary): Vectorize {
  const idOf = new Map<number, number>();
  keys.forEach((key, id) => idOf.set(key, id));
  return (features) => {
    const ids: number[] = [];
    const values: number[] = [];
    features.keys.forEach((ofKind, kind) => {
      const counts = new Map<number, number>();
      for (const key of ofKind) {
        const id = idOf.get(key);
        if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      let squares = 0;
      const from = ids.length;
      for (const [id, count] of counts) {
        const value = (1 + Math.log(count)) * (rarity[id] ?? 0);
        squares += value * value;
        ids.push(id);
        values.push(value);
      }
      const scale = (WEIGHTS[kind] ?? 0) / Math.sqrt(squares || 1);
      for (let at = from; at < values.length; at += 1) values[at] = (values[at] ?? 0) * scale;
    });
    return { ids: Int32Array.from(ids), values: Float32Array.from(values) };
  };
}
