import { fold } from '../fold.js';
import { lexiconOf } from './lexicon.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

const LONGEST = 80;
/** More words than this are a sentence, not a name; a strict reading believes fewer. */
const MOST_WORDS = { strict: 4, lenient: 6 } as const;
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
  const plain = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (!/\p{L}/u.test(plain)) return plain === '' ? UNREAD : refused('malformed');
  if (/[\p{N}@]|https?:|www\.|[\p{L}]\.[\p{L}]{2}/u.test(plain)) return refused('malformed');
  const name = withoutIntroduction(plain, context).replace(/[\s.,;:!?…]+$/u, '');
  if (!/^[\p{L}\p{M}][\p{L}\p{M}.'’ʼ -]*$/u.test(name)) return refused('malformed');
  if (name.length > Math.min(context.max ?? LONGEST, LONGEST)) return refused('too_long');
  if (name.length < (context.min ?? 1)) return refused('too_short');
  if (isSentence(name, mode, context)) return UNREAD;
  return read(inNameCase(name));
}

/** Too many words, small letters only for that many, a yes, a no, or a "not": somebody is talking. */
function isSentence(name: string, mode: Mode, context: ReadingContext): boolean {
  const words = name.split(' ');
  if (words.length > MOST_WORDS[mode]) return true;
  if (words.length > MOST_WORDS.strict && name === name.toLowerCase()) return true;
  const { yes, no, not } = lexiconOf(context.words);
  const folded = fold(name);
  return yes.has(folded) || no.has(folded) || folded.split(' ').some((word) => not.has(word));
}

function withoutIntroduction(text: string, context: ReadingContext): string {
  const words = text.split(' ');
  const introduction = lexiconOf(context.words).introductions.find((phrase) =>
    fold(text).startsWith(`${phrase} `),
  );
  if (introduction === undefined) return text;
  // "m'appelle" is one word as written and two when folded: count what is left, not what goes.
  for (let kept = 1; kept < words.length; kept += 1) {
    const rest = words.slice(kept);
    if (fold(words.slice(0, kept).join(' ')) === introduction) return rest.join(' ');
  }
  return text;
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
