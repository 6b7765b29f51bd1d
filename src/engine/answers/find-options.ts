import type { Option } from '../effect.js';
import { fold } from '../fold.js';
import { isNear } from './edit-distance.js';
import { lexiconOf, type Lexicon } from './lexicon.js';
import type { ReadingContext } from './reading.js';

/** Shorter words of a label ("les", "and") do not tell it from another. */
const TELLING_LETTERS = 4;
/** Longer texts tell a story; what they mention is not an answer. */
const MOST_WORDS = 40;

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
    optionAt(placeNamed(folded, lexiconOf(context.words)), context.options) ??
    lettered(folded, context.options) ??
    pictured(folded, context.options)
  );
}

/** The options that a folded text mentions, in their order; slips of the thumb are forgiven. */
export function mentionedOptions(folded: string, context: ReadingContext): readonly Option[] {
  const words = folded.split(' ');
  const lexicon = lexiconOf(context.words);
  if (words.length > MOST_WORDS || words.some((word) => lexicon.not.has(word))) return [];
  const found = new Set([
    ...labelled(words, context.options),
    ...placed(words, lexicon, context.options),
  ]);
  addTelling(words, context.options, found);
  return context.options.filter((option) => found.has(option));
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

function placed(words: readonly string[], lexicon: Lexicon, options: readonly Option[]): Option[] {
  return words.flatMap((word) => optionAt(placeNamed(word, lexicon), options) ?? []);
}

/**
 * A word that only one label has, such as "school" of "Schools and childcare"; beside a whole label, only when
 * it is written right.
 */
function addTelling(
  words: readonly string[],
  options: readonly Option[],
  found: Set<Option>,
): void {
  const isSame = found.size === 0 ? isNear : (part: string, word: string) => part === word;
  for (const word of words) {
    if (word.length < TELLING_LETTERS) continue;
    const having = options.filter((option) =>
      foldedOption(option).words.some(
        (part) => part.length >= TELLING_LETTERS && isSame(part, word),
      ),
    );
    const [only] = having;
    if (only !== undefined && having.length === 1) found.add(only);
  }
}

/** The option at a place counted from 1; the last of them all is at Infinity. */
function optionAt(place: number | undefined, options: readonly Option[]): Option | undefined {
  return place === Infinity ? options.at(-1) : options[(place ?? 0) - 1];
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

/** "2", "2e", "second", "le deuxième", "la dernière": a place counted from 1. */
function placeNamed(folded: string, lexicon: Lexicon): number | undefined {
  const number = /^(?:\p{L}{1,3} )?(\d{1,3})\p{L}{0,4}$/u.exec(folded)?.[1];
  if (number !== undefined) return Number(number);
  if (lexicon.last.has(folded)) return Infinity;
  return lexicon.ordinals.get(folded) ?? lexicon.ordinals.get(folded.replace(/^\p{L}{1,3} /u, ''));
}
