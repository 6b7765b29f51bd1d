import type { Option } from '../effect.js';
import { fold } from '../fold.js';
import { listFormatOf } from '../list-format.js';
import { isNear } from './edit-distance.js';
import { lexiconOf, turnsAround } from './lexicon.js';
import { numeralAt } from './numerals.js';
import type { ReadingContext } from './reading.js';
import { tokensOf } from './tokens.js';

/** Shorter words of a label ("les", "and") do not tell it from another, unless they are all it names. */
const TELLING_LETTERS = 4;
/** Longer texts tell a story; what they mention is not an answer. */
const MOST_WORDS = 40;
/** Words of the longest name of a place: "the last but one". */
const LONGEST_PLACE = 4;
/** Words of the longest text in which a place may be mistyped. */
const MOST_BESIDE_PLACE = 6;
/** An article before a place. */
const SMALL_WORD = /^\p{L}{1,3} (?=\S)/u;

/** An option as texts are compared with it. */
type FoldedOption = {
  readonly value: string;
  readonly label: string;
  readonly words: readonly string[];
};

const FOLDED = new WeakMap<Option, FoldedOption>();

/** The option that a folded text names exactly: its label, its value, its number or its place. */
export function exactOption(folded: string, context: ReadingContext): Option | undefined {
  const named = context.options.find((option) => {
    const { label, value } = foldedOption(option);
    return label === folded || value === folded;
  });
  if (named !== undefined) return named;
  return (
    optionAt(placeNamed(folded, context) ?? placeCounted(folded, context), context.options) ??
    lettered(folded, context.options) ??
    pictured(folded, context.options)
  );
}

/** The options that a folded text mentions, in their order; slips of the thumb are forgiven. */
export function mentionedOptions(folded: string, context: ReadingContext): readonly Option[] {
  const words = folded.split(' ');
  if (words.length > MOST_WORDS || leavesOut(folded, context)) return [];
  const found = new Set([...labelled(words, context.options), ...placed(words, context)]);
  addTelling(words, context, found);
  if (found.size === 0) addMistyped(words, context, found);
  return context.options.filter((option) => found.has(option));
}

/** Whether a text turns around what it names; "rien" does not where an option is "Rien d'autre". */
export function leavesOut(folded: string, { options, words }: ReadingContext): boolean {
  const labels = options.map((option) => ` ${foldedOption(option).label} `);
  const not = [...lexiconOf(words).not].filter(
    (phrase) => !labels.some((label) => label.includes(` ${phrase} `)),
  );
  return turnsAround(folded, { not });
}

export function foldedOption(option: Option): FoldedOption {
  const known = FOLDED.get(option);
  if (known !== undefined) return known;
  const label = fold(option.label);
  const folded = { value: fold(option.value), label, words: label.split(' ') };
  FOLDED.set(option, folded);
  return folded;
}

/** Labels in the text, the longest first; the words of one are taken out, lest a shorter one claims them. */
function labelled(words: string[], options: readonly Option[]): Option[] {
  const longestFirst = [...options].sort(
    (a, b) => foldedOption(b).words.length - foldedOption(a).words.length,
  );
  return longestFirst.filter((option) => {
    const label = foldedOption(option).words;
    const start = words.findIndex((_, at) =>
      label.every((word, offset) => isNear(words[at + offset] ?? '', word)),
    );
    if (start >= 0) words.splice(start, label.length, '');
    return start >= 0;
  });
}

/** Places in the text, the longest name first: "number two" is one place, not the number of another. */
function placed(words: readonly string[], context: ReadingContext): Option[] {
  const found: Option[] = [];
  for (let at = 0; at < words.length;) {
    let length = Math.min(LONGEST_PLACE, words.length - at);
    let place: number | undefined;
    for (; length > 0; length -= 1) {
      place = placeIn(words.slice(at, at + length), context);
      if (place !== undefined) break;
    }
    const option = optionAt(place, context.options);
    if (option !== undefined) found.push(option);
    at += Math.max(1, length);
  }
  return found;
}

/** A number in words counts anything, unless "option" or its like is before it. */
function placeIn(words: readonly string[], context: ReadingContext): number | undefined {
  const [first = '', ...rest] = words;
  const phrase = words.join(' ');
  const isPlace = rest.length > 0 && lexiconOf(context.words).places.has(first);
  return placeNamed(phrase, context) ?? (isPlace ? placeCounted(phrase, context) : undefined);
}

/**
 * A word that only one label has, such as "school" of "Schools and childcare"; beside a whole label, only when
 * it is written right.
 */
function addTelling(
  words: readonly string[],
  { options, language }: ReadingContext,
  found: Set<Option>,
): void {
  const isSame = found.size === 0 ? isNear : (part: string, word: string) => part === word;
  const and = ` ${fold(listFormatOf(language).and)} `;
  for (const word of words) {
    if (word === '') continue;
    const having = options.filter((option) => {
      const { label, words: parts } = foldedOption(option);
      // "Bus et tramway" is about "bus", however short that is.
      if (word.length < TELLING_LETTERS) return label.split(and).includes(word);
      return parts.some((part) => part.length >= TELLING_LETTERS && isSame(part, word));
    });
    const [only] = having;
    if (only !== undefined && having.length === 1) found.add(only);
  }
}

/** A place by its name with a slip of the thumb, in a short text that names nothing else: "trosième". */
function addMistyped(
  words: readonly string[],
  { options, words: lists, language }: ReadingContext,
  found: Set<Option>,
): void {
  if (words.length > MOST_BESIDE_PLACE) return;
  for (const word of words) {
    const isNumber = numeralAt(tokensOf(word), 0, lists, language) !== undefined;
    if (word.length <= TELLING_LETTERS || isNumber) continue;
    const near = [...lexiconOf(lists).ordinals].find(
      ([name]) => name.length > TELLING_LETTERS && name[0] === word[0] && isNear(name, word),
    );
    const option = optionAt(near?.[1], options);
    if (option !== undefined) found.add(option);
  }
}

/** The option at a place counted from 1, or from the end when it is below 0. */
function optionAt(place: number | undefined, options: readonly Option[]): Option | undefined {
  if (place === undefined || place === 0) return undefined;
  return options.at(place > 0 ? place - 1 : place);
}

/** "b" is the second of a few, as people number them. */
function lettered(folded: string, options: readonly Option[]): Option | undefined {
  const place = /^[a-h]$/.test(folded) ? folded.charCodeAt(0) - 97 : -1;
  return options[place];
}

/** The only option whose label shows a picture. */
function pictured(folded: string, options: readonly Option[]): Option | undefined {
  if (!/^\p{Extended_Pictographic}+$/u.test(folded)) return undefined;
  const [only, ...others] = options.filter(({ label }) => label.includes(folded));
  return others.length === 0 ? only : undefined;
}

/** "2", "2e", "second", "le deuxième", "la dernière": a place counted from 1, or from the end below 0. */
function placeNamed(folded: string, { words }: ReadingContext): number | undefined {
  const { all, last, beforeLast, ordinals } = lexiconOf(words);
  const [, before = '', number] = /^(?:(\p{L}{1,3}) )?(\d{1,3})\p{L}{0,4}$/u.exec(folded) ?? [];
  // "all 5" are not the fifth.
  if (all.has(folded) || all.has(before)) return undefined;
  if (number !== undefined) return Number(number);
  if (last.has(folded)) return -1;
  if (beforeLast.has(folded)) return -2;
  return ordinals.get(folded) ?? ordinals.get(folded.replace(SMALL_WORD, ''));
}

/** "deux", "le deux", "option quatre": a place by a number in words. */
function placeCounted(folded: string, { words, language }: ReadingContext): number | undefined {
  const { all, places } = lexiconOf(words);
  if (all.has(folded)) return undefined;
  // "two four" are two numbers, not the article of one.
  const isCount = numeralAt(tokensOf(folded), 0, words, language) !== undefined;
  const bare = isCount ? folded : folded.replace(SMALL_WORD, '');
  const [first = '', ...rest] = bare.split(' ');
  const tokens = tokensOf(places.has(first) ? rest.join(' ') : bare);
  const numeral = numeralAt(tokens, 0, words, language);
  return numeral !== undefined && numeral.length === tokens.length ? numeral.value : undefined;
}
