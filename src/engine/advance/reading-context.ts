import type { ReadingContext } from '../answers/reading.js';
import type { Option } from '../effect.js';
import type { Turn } from './turn.js';
import { wordListsOf } from './words.js';

/** What reading a text of this turn depends on, beside the bounds of a question. */
export function readingContext(turn: Turn, options: readonly Option[]): ReadingContext {
  const { country, timezone } = turn.library.campaign;
  return {
    language: turn.language,
    country,
    options,
    words: wordListsOf(turn),
    at: turn.event.at,
    timezone,
  };
}
