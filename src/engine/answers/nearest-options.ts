import { editDistance } from './edit-distance.js';
import { foldedOption, leavesOut } from './find-options.js';
import { lexiconOf } from './lexicon.js';
import type { ReadingContext } from './reading.js';

/** What is offered at once; channels show three buttons without a list. */
const MOST = 3;
/** Longer texts are about something else. */
const MOST_WORDS = 6;
const SHORTEST = 3;
const LONGEST = 24;
/** Share of the letters of a word that must be right. */
const LEAST = 0.6;

/** Values of the options that a folded text may have meant, the likeliest first; at most three. */
export function nearestOptions(folded: string, context: ReadingContext): readonly string[] {
  const said = folded.split(' ');
  const { yes, no, skip } = lexiconOf(context.words);
  const isOther = [yes, no, skip].some((list) => list.has(folded)) || leavesOut(folded, context);
  if (said.length > MOST_WORDS || isOther) return [];
  const own = said.filter((word) => word.length >= SHORTEST && word.length <= LONGEST);
  return context.options
    .map((option) => {
      const { value, label, words: parts } = foldedOption(option);
      const names = [label, value, ...parts].filter(
        (name) => name.length > SHORTEST && name.length <= LONGEST,
      );
      const alike = names.flatMap((name) => [folded, ...own].map((word) => likeness(word, name)));
      return { value: option.value, score: Math.max(0, ...alike) };
    })
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ value }) => value);
}

/** Share of letters that two words have in common, in order; a word may also be cut short. */
function likeness(word: string, name: string): number {
  if (word.length > LONGEST) return 0;
  if (word.length >= SHORTEST && name.startsWith(word)) return 1;
  const longest = Math.max(word.length, name.length);
  // The first letter is rarely mistaken.
  return word[0] === name[0] ? 1 - editDistance(word, name) / longest : 0;
}
