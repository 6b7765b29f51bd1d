import { fold } from '../fold.js';
import { lexiconOf, turnsAround } from './lexicon.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';
import { withoutPictures } from './without-pictures.js';

const LONGEST = 80;
/** More words than this are a sentence, not a name; a strict reading believes fewer. */
const MOST_WORDS = { strict: 4, lenient: 6 } as const;
/** Words that may come before an introduction. */
const MOST_BEFORE = 3;
/** Particles that stay in lower case inside a name. */
const PARTICLES = new Set([
  'de',
  'du',
  'des',
  'da',
  'di',
  'del',
  'la',
  'le',
  'van',
  'von',
  'der',
  'den',
  'y',
  'e',
]);

/** Reads a person's name: what introduces it goes, all-lower or all-upper letters are put right. */
export function readName(text: string, mode: Mode, context: ReadingContext): Reading {
  const plain = withoutPictures(text.normalize('NFC')).replace(/\s+/g, ' ');
  if (!/\p{L}/u.test(plain)) return text.trim() === '' ? UNREAD : refused('malformed');
  if (/[\p{N}@]|https?:|www\.|[\p{L}]\.[\p{L}]{2}/u.test(plain)) return refused('malformed');
  if (plain.includes('?')) return UNREAD;
  const name = withoutIntroduction(plain, context).replace(/^[\s,;:]+|[\s.,;:!…]+$/gu, '');
  if (!/^[\p{L}\p{M}][\p{L}\p{M}.'’ʼ -]*$/u.test(name)) return refused('malformed');
  if (name.length > Math.min(context.max ?? LONGEST, LONGEST)) return refused('too_long');
  if (name.length < (context.min ?? 1)) return refused('too_short');
  if (isSentence(name, mode, context)) return UNREAD;
  return read(inNameCase(name));
}

/** Too many words, small letters only for that many, a yes, a no, a "not" or a "want": somebody is talking. */
function isSentence(name: string, mode: Mode, context: ReadingContext): boolean {
  const words = name.split(' ');
  if (words.length > MOST_WORDS[mode]) return true;
  if (words.length > MOST_WORDS.strict && name === name.toLowerCase()) return true;
  const { yes, no, not, greetings, notNames } = lexiconOf(context.words);
  const folded = fold(name);
  if (folded.split(' ').some((word) => notNames.has(word))) return true;
  const isOther = [yes, no, greetings].some((list) => list.has(folded));
  return isOther || turnsAround(folded, { not });
}

/** What follows the introduction, which may come after a word or two: "bonjour, moi c'est Paul". */
function withoutIntroduction(text: string, context: ReadingContext): string {
  const words = text.split(' ');
  const { introductions, greetings } = lexiconOf(context.words);
  for (let from = 0; from <= Math.min(MOST_BEFORE, words.length - 2); from += 1) {
    // One word may be a name's own, unless it leads: "Marie Nom".
    const isLead = from === 0 || greetings.has(fold(words.slice(0, from).join(' ')));
    const rest = words.slice(from).join(' ');
    const found = introductions.find(
      (phrase) => (isLead || phrase.includes(' ')) && fold(rest).startsWith(`${phrase} `),
    );
    if (found !== undefined) return after(found, words.slice(from)) ?? text;
  }
  const greeting = [...greetings].find((phrase) => fold(text).startsWith(`${phrase} `));
  return greeting === undefined ? text : (after(greeting, words) ?? text);
}

/** The words after a folded phrase; "m'appelle" is one word as written and two when folded. */
function after(phrase: string, words: readonly string[]): string | undefined {
  for (let kept = 1; kept < words.length; kept += 1) {
    if (fold(words.slice(0, kept).join(' ')) === phrase) return words.slice(kept).join(' ');
  }
  return undefined;
}

function inNameCase(name: string): string {
  if (name !== name.toLowerCase() && name !== name.toUpperCase()) return name;
  return name
    .toLowerCase()
    .split(' ')
    .map((word, index) => (index > 0 && PARTICLES.has(word) ? word : capitalised(word)))
    .join(' ');
}

function capitalised(word: string): string {
  return word.replace(/(^|[-'’ʼ])(\p{L})/gu, (_, mark: string, letter: string) => {
    return mark + letter.toUpperCase();
  });
}
