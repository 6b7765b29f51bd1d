import { readAnswer } from '../../../src/engine/answers/read-answer.js';
import type { Mode, Reading, ReadingContext } from '../../../src/engine/answers/reading.js';
import type { AnswerType, WordLists } from '../../../src/engine/flow.js';
import { join } from 'node:path';
import { compileFolder } from '../fixture-library.js';

// The words that come with the program, in every language.
const { library } = compileFolder(join(__dirname, '..', '..', '..', 'flows'), []);
/** A Tuesday: 1 January 2030, 13:00 in Paris. */
export const NOON = Date.UTC(2030, 0, 1, 12);
const NO_WORDS: WordLists = { yes: [], no: [], skip: [], ordinals: [] };

/** What a text comes to, shortly: its value, `refused: reason`, or `unread`. */
export type Read = (text: string, mode?: Mode) => unknown;

/** What reading depends on: a text of noon of the first day of 2030, in Paris. */
export function contextIn(language: string): ReadingContext {
  return {
    language,
    country: 'fr',
    options: [],
    words: library.lists.get(language) ?? NO_WORDS,
    at: NOON,
    timezone: 'Europe/Paris',
  };
}

/** Reads answers of one type in a language, French unless said otherwise. */
export function createReader(type: AnswerType, over: Partial<ReadingContext> = {}): Read {
  const context = { ...contextIn(over.language ?? 'fr'), ...over };
  return (text, mode = 'lenient') => short(readAnswer(type, text, mode, context));
}

function short(reading: Reading): unknown {
  switch (reading.type) {
    case 'read':
      return reading.value;
    case 'refused':
      return `refused: ${reading.reason}`;
    case 'unsure':
      return `unsure: ${reading.values.join(', ')}`;
    case 'unread':
      return 'unread';
    default:
      return reading satisfies never;
  }
}

/** Phrases of a test, written one after the other with a slash between spaces. */
export function phrases(text: string): string[] {
  return text.split(/\s\/\s/).map((phrase) => phrase.trim());
}
