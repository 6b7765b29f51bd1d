import { fold } from '../engine/fold.js';

/** Words that are read of a text; what comes after them changes no meaning any more. */
const MOST_WORDS = 64;
/** Characters that are read of a text. */
const MOST_CHARACTERS = 600;

const SIGNS: readonly [RegExp, string][] = [
  [/€/g, ' euro '],
  [/\$/g, ' dollar '],
];

/** The words of a text as they are compared: folded, letters drawn out in writing put together ("saluuuut"). */
export function wordsOf(text: string): readonly string[] {
  const plain = SIGNS.reduce(
    (signed, [sign, word]) => signed.replace(sign, word),
    text.slice(0, MOST_CHARACTERS),
  );
  return fold(plain)
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .split(' ', MOST_WORDS)
    .filter((word) => word !== '');
}
