import type { Groups } from '../engine/lesson.js';
import type { Certainty } from './certainty.js';
import type { Weights } from './softmax.js';
import type { TaughtTexts } from './taught-texts.js';
import type { Vocabulary } from './vocabulary.js';

/** What was learned of one language; plain data. */
export type Model = {
  readonly language: string;
  /** The intents, in the order of the classes. */
  readonly intents: readonly string[];
  /** Words that were taught, the most frequent first. */
  readonly words: readonly string[];
  readonly synonyms: Groups;
  readonly taught: TaughtTexts;
  readonly vocabulary: Vocabulary;
  readonly weights: Weights;
  readonly certainty: Certainty;
  /** An intent less certain than this is not understood. */
  readonly threshold: number;
};
