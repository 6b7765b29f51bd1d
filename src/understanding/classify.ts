import { NONE } from '../engine/lesson.js';
import { certaintyOf, signalsOf } from './certainty.js';
import { createConcepts } from './concepts.js';
import type { Model } from './model.js';
import { readFeatures } from './read-features.js';
import { probabilities } from './softmax.js';
import { createFindTaught } from './taught-texts.js';
import { createSpelling } from './spelling.js';
import { tongueOf } from './tongue.js';
import { createVectorize } from './vocabulary.js';

export type Candidate = { readonly intent: string; readonly confidence: number };

/** The intents a text may mean, the likeliest first, and whether the first is sure enough. */
export type Classified = {
  readonly understood: boolean;
  readonly candidates: readonly Candidate[];
};

/** How sure one is of a text that was taught word for word. */
const TAUGHT = 0.99;
const MOST_CANDIDATES = 4;

/** Makes a function that tells what texts mean by a model. */
export function createClassify(model: Model): (text: string) => Classified {
  const { intents, weights, certainty, threshold } = model;
  const tongue = tongueOf(model.language);
  const reader = {
    tongue,
    findConcepts: createConcepts(model.synonyms, tongue),
    spelling: createSpelling(model.words, tongue),
  };
  const vectorize = createVectorize(model.vocabulary);
  const likely = new Float64Array(intents.length);
  const none = intents.indexOf(NONE);
  const findTaught = createFindTaught(model.taught);

  return (text) => {
    const features = readFeatures(text, reader);
    const vector = vectorize(features);
    const taught = findTaught(text);
    const isOutside = taught !== undefined && taught === none;
    if (features.words === 0 || vector.ids.length === 0 || isOutside) return NOTHING;
    probabilities(weights, vector, likely);
    if (taught !== undefined) likely[taught] = 1 + (likely[taught] ?? 0);
    const [first, second, ...others] = [...likely.keys()]
      .filter((at) => at !== none)
      .sort((a, b) => (likely[b] ?? 0) - (likely[a] ?? 0))
      .slice(0, MOST_CANDIDATES);
    if (first === undefined) return NOTHING;
    const highest = likely[first] ?? 0;
    const outside = likely[none] ?? 0;
    const next = Math.max(second === undefined ? 0 : (likely[second] ?? 0), outside);
    const sure =
      taught === first
        ? TAUGHT
        : certaintyOf(certainty, signalsOf(features, highest, next, outside));
    const candidates = [first, ...(second === undefined ? [] : [second]), ...others].map((at) => ({
      intent: intents[at] ?? '',
      confidence: (sure * (likely[at] ?? 0)) / highest,
    }));
    // Letters alone may look like any intent.
    const isStrange = features.unknown === 1;
    return { understood: !isStrange && outside < highest && sure >= threshold, candidates };
  };
}

const NOTHING: Classified = { understood: false, candidates: [] };
