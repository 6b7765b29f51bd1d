import { NONE, type Lesson } from '../engine/lesson.js';
import { learnCertainty, signalsOf, type Certainty, type Signals } from './certainty.js';
import { createConcepts } from './concepts.js';
import type { Model } from './model.js';
import { readFeatures, type Features, type Reader } from './read-features.js';
import {
  createRandom,
  learnWeights,
  probabilities,
  type Example,
  type Weights,
} from './softmax.js';
import { createSpelling } from './spelling.js';
import { keepTexts } from './taught-texts.js';
import { tongueOf } from './tongue.js';
import { topTwo } from './top-two.js';
import { createVectorize, learnVocabulary, type Vocabulary } from './vocabulary.js';
import { wordsOf } from './words-of.js';

type Phrase = { readonly text: string; readonly label: number; readonly part: number };

/** From so many phrases on, one trial tells enough, rare features are left out, and fewer rounds do. */
const MANY_PHRASES = 5_000;
const PARTS = 3;
/** An intent is followed when it is more likely right than wrong. */
const THRESHOLD = 0.5;

/** Learns to tell the intents of a lesson apart, and when not to be sure. The same lesson gives the same model. */
export function learn({ language, intents, synonyms }: Lesson): Model {
  const tongue = tongueOf(language);
  const findConcepts = createConcepts(synonyms, tongue);
  const readerOf = (words: readonly string[]): Reader => ({
    tongue,
    findConcepts,
    spelling: createSpelling(words, tongue),
  });
  const names = [...intents.keys()];
  const phrases = phrasesOf([...intents.values()]);
  const words = wordsByFrequency(phrases, [...synonyms.values()].flat());
  const reader = readerOf(words);
  const read = phrases.map(({ text }) => readFeatures(text, reader));

  const seen: { signals: Signals; right: boolean }[] = [];
  const none = names.indexOf(NONE);
  const trials = phrases.length > MANY_PHRASES ? 1 : PARTS;
  for (let part = 0; part < trials; part += 1) {
    const taught = phrases.filter((phrase) => phrase.part !== part);
    const model = train(
      taught,
      read.filter((_, index) => phrases[index]?.part !== part),
      names.length,
    );
    const stranger = readerOf(wordsByFrequency(taught, [...synonyms.values()].flat()));
    const vectorize = createVectorize(model.vocabulary);
    const likely = new Float64Array(names.length);
    for (const { text, label, part: own } of phrases) {
      if (own !== part) continue;
      const features = readFeatures(text, stranger);
      probabilities(model.weights, vectorize(features), likely);
      const { first, second } = topTwo(likely);
      if (first === none) continue;
      const signals = signalsOf(
        features,
        likely[first] ?? 0,
        likely[second] ?? 0,
        likely[none] ?? 0,
      );
      seen.push({ signals, right: first === label });
    }
  }
  const certainty: Certainty = learnCertainty(seen);
  const { vocabulary, weights } = train(phrases, read, names.length);
  return {
    language,
    intents: names,
    words,
    synonyms,
    taught: keepTexts(phrases),
    vocabulary,
    weights,
    certainty,
    threshold: THRESHOLD,
  };
}

function train(
  phrases: readonly Phrase[],
  read: readonly Features[],
  classes: number,
): { readonly vocabulary: Vocabulary; readonly weights: Weights } {
  const many = phrases.length > MANY_PHRASES / 2;
  const vocabulary = learnVocabulary(read, many ? 2 : 1);
  const vectorize = createVectorize(vocabulary);
  const examples: Example[] = phrases.map(({ label }, index) => {
    const features = read[index];
    const empty = { ids: new Int32Array(0), values: new Float32Array(0) };
    return { label, vector: features === undefined ? empty : vectorize(features) };
  });
  const training = { features: vocabulary.keys.length, classes, rounds: many ? 8 : 10 };
  return { vocabulary, weights: learnWeights(examples, training) };
}

/** Every phrase with its intent and the part of the phrases it falls into, parts of one intent alike in size. */
function phrasesOf(intents: readonly (readonly string[])[]): readonly Phrase[] {
  const random = createRandom(2);
  return intents.flatMap((texts, label) => {
    const order = texts.map((text) => ({ text, at: random() })).sort((a, b) => a.at - b.at);
    const parts = new Map(order.map(({ text }, index) => [text, index % PARTS]));
    return texts.map((text) => ({ text, label, part: parts.get(text) ?? 0 }));
  });
}

function wordsByFrequency(
  phrases: readonly Phrase[],
  synonyms: readonly string[],
): readonly string[] {
  const counts = new Map<string, number>();
  const texts = [...phrases.map(({ text }) => text), ...synonyms];
  for (const text of texts) {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
}
