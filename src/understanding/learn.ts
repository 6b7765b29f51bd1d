import { NONE, type Lesson } from '../engine/lesson.js';
import { learnCertainty, signalsOf, type Signals } from './certainty.js';
import { createConcepts } from './concepts.js';
import type { Model } from './model.js';
import { PARTS, phrasesOf, wordsByFrequency, type Phrase } from './phrases.js';
import { readFeatures, type Features, type Reader } from './read-features.js';
import { learnWeights, probabilities, type Weights } from './softmax.js';
import { createSpelling } from './spelling.js';
import { keepTexts } from './taught-texts.js';
import { tongueOf } from './tongue.js';
import { topTwo } from './top-two.js';
import { createVectorize, learnVocabulary, type Vocabulary } from './vocabulary.js';

/** From so many phrases on, one part kept out tells enough. */
const MANY_PHRASES = 8_000;
/** How often every phrase is seen. */
const ROUNDS = 7;
/** More numbers than these make a model too large; features that occur only once are left out then. */
const MOST_WEIGHTS = 20_000_000;
/** An intent is followed when it is more likely right than wrong… */
const THRESHOLD = 0.5;
/** …but where nothing is taught of what lies outside, only clear doubt holds it back. */
const THRESHOLD_WITHOUT_NONE = 0.3;

type Taught = { readonly phrase: Phrase; readonly features: Features };
type Seen = { readonly signals: Signals; readonly right: boolean };

/** Learns to tell the intents of a lesson apart, and when not to be sure. The same lesson gives the same model. */
export function learn({ language, intents, synonyms }: Lesson): Model {
  const tongue = tongueOf(language);
  const findConcepts = createConcepts(synonyms, tongue);
  const listed = [...synonyms.values()].flat();
  const wordsOfAll = (phrases: readonly Phrase[]): readonly string[] =>
    wordsByFrequency([...phrases.map(({ text }) => text), ...listed]);
  const readerOf = (words: readonly string[]): Reader => ({
    tongue,
    findConcepts,
    spelling: createSpelling(words, tongue),
  });

  const names = [...intents.keys()];
  const none = names.indexOf(NONE);
  const phrases = phrasesOf(intents);
  const words = wordsOfAll(phrases);
  const reader = readerOf(words);
  const all = phrases.map((phrase) => ({ phrase, features: readFeatures(phrase.text, reader) }));

  const parts = phrases.length > MANY_PHRASES ? [0] : [...Array.from({ length: PARTS }).keys()];
  const seen = parts.flatMap((part) => {
    const taught = all.filter(({ phrase }) => phrase.part !== part);
    // What is kept out is read as a stranger would be: its own words are not known.
    const stranger = readerOf(wordsOfAll(taught.map(({ phrase }) => phrase)));
    const kept = phrases
      .filter((phrase) => phrase.part === part)
      .map((phrase) => ({ phrase, features: readFeatures(phrase.text, stranger) }));
    return tryOut(train(taught, names.length), kept, none);
  });
  return {
    language,
    intents: names,
    words,
    synonyms,
    taught: keepTexts(phrases),
    ...train(all, names.length),
    certainty: learnCertainty(seen),
    threshold: none < 0 ? THRESHOLD_WITHOUT_NONE : THRESHOLD,
  };
}

type Trained = { readonly vocabulary: Vocabulary; readonly weights: Weights };

function train(taught: readonly Taught[], classes: number): Trained {
  const read = taught.map(({ features }) => features);
  const whole = learnVocabulary(read, 1);
  const isLarge = whole.keys.length * classes > MOST_WEIGHTS;
  const vocabulary = isLarge ? learnVocabulary(read, 2) : whole;
  const vectorize = createVectorize(vocabulary);
  const examples = taught.map(({ phrase, features }) => ({
    vector: vectorize(features),
    label: phrase.label,
  }));
  const training = { features: vocabulary.keys.length, classes, rounds: ROUNDS };
  return { vocabulary, weights: learnWeights(examples, training) };
}

/** What was thought of phrases that were kept out, and whether it was right; what is taken for `none` is no intent. */
function tryOut(
  { vocabulary, weights }: Trained,
  kept: readonly Taught[],
  none: number,
): readonly Seen[] {
  const vectorize = createVectorize(vocabulary);
  const likely = new Float64Array(weights.bias.length);
  return kept.flatMap(({ phrase, features }) => {
    probabilities(weights, vectorize(features), likely);
    const { first, second } = topTwo(likely);
    if (first === none) return [];
    const [highest = 0, next = 0, outside = 0] = [likely[first], likely[second], likely[none]];
    const signals = signalsOf(features, highest, next, outside);
    return [{ signals, right: first === phrase.label }];
  });
}
