import type { ReadMeaning } from '../engine/event.js';
import type { Understand } from './create-understand.js';

/** An intent less certain than this does not leave an open question: answers often look like one. */
const SURE = 0.8;

/** What texts mean, as a turn is told: the intent where it is sure enough, else the nearest ones. */
export function createReadMeaning(understand: Understand): ReadMeaning {
  return (text, language) => {
    const { intent, confidence, guesses } = understand(text, { expected: language });
    if (intent !== null) return confidence < SURE ? { intent, tentative: true } : { intent };
    return guesses.length === 0 ? {} : { guesses };
  };
}
