import type { SentenceTable } from '../sentence.js';
import { FRENCH_CHECKS } from './french-checks.js';
import { FRENCH_EXPRESSIONS } from './french-expressions.js';
import { FRENCH_READING } from './french-reading.js';

/** What authors of flows are told, in French; a test holds it to the sentences there are. */
export const FRENCH: SentenceTable = {
  ...FRENCH_CHECKS,
  ...FRENCH_EXPRESSIONS,
  ...FRENCH_READING,
};
