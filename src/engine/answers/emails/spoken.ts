import { perLists } from '../lexicon.js';
import { flatten } from '../tokens.js';

/** Endings after which a space, a comma or a word may have slipped into an address. */
const ENDING =
  '(?:com|org|net|fr|eu|info|be|ch|ca|uk|us|de|es|it|lu|bzh|paris|alsace|corsica|re|gp|mq|nc|pf|io|me|edu|gov|coop|earth|email)(?![\\p{L}\\p{N}-])';

type Signs = {
  /** An address whose signs are words: "lea point martin arobase exemple point org". */
  readonly spoken: RegExp | undefined;
  readonly dot: RegExp | undefined;
  readonly dash: RegExp | undefined;
  readonly underscore: RegExp | undefined;
};

const signsOf = perLists(({ signs = {} }): Signs => {
  const one = (list: readonly string[] | undefined): string | undefined =>
    list === undefined || list.length === 0
      ? undefined
      : `(?:${[...list].sort((a, b) => b.length - a.length).join('|')})`;
  const [at, dot, dash, underscore] = [
    signs['at'],
    signs['dot'],
    signs['dash'],
    signs['underscore'],
  ].map(one);
  const between = (word: string | undefined): RegExp | undefined =>
    word === undefined ? undefined : new RegExp(`\\s+${word}\\s+`, 'giu');
  if (at === undefined || dot === undefined) {
    return {
      spoken: undefined,
      dot: between(dot),
      dash: between(dash),
      underscore: between(underscore),
    };
  }
  // Said without spaces too, where it is long enough to be part of no other word.
  const long = (signs['at'] ?? []).filter((word) => word.length >= 6 && !word.includes(' '));
  const attached = one(long) ?? at;
  const part = '[a-z0-9_%+.-]{1,64}';
  const local = `${part}(?: (?:${[dot, dash, underscore].filter(Boolean).join('|')}) ${part}){0,6}`;
  const domain = `[a-z0-9.-]{1,64}(?: (?:${[dot, dash].filter(Boolean).join('|')}) [a-z0-9-]{1,64}){0,6}`;
  return {
    spoken: new RegExp(
      `(?<![\\p{L}\\p{N}])(${local})(?:\\s*@\\s*| ${at} |${attached})(${domain})(?![\\p{L}\\p{N}])`,
      'iu',
    ),
    dot: between(dot),
    dash: between(dash),
    underscore: between(underscore),
  };
});

type Words = Parameters<typeof signsOf>[0];

/** An address whose signs are said in words, written with them; undefined when there is none. */
export function spokenAddress(text: string, words: Words): string | undefined {
  const { spoken, dot, dash, underscore } = signsOf(words);
  const plain = flatten(text).replace(/\s+/g, ' ');
  const [, local, domain] = spoken?.exec(plain) ?? [];
  if (local === undefined || domain === undefined) return undefined;
  const written = (part: string): string => {
    let signed = part;
    if (underscore !== undefined) signed = signed.replace(underscore, '_');
    if (dash !== undefined) signed = signed.replace(dash, '-');
    if (dot !== undefined) signed = signed.replace(dot, '.');
    return signed.replace(/ /g, '');
  };
  const address = `${written(local)}@${written(domain)}`;
  return address.slice(address.indexOf('@')).includes('.') ? address : undefined;
}

const BROKEN_DOT = new RegExp(
  `(@[\\p{L}\\p{N}.-]*?)(?:\\s*[.,;]\\s+|\\s+[.,;]\\s*|[,;])(?=(?:[\\p{L}\\p{N}-]+\\.)?${ENDING})`,
  'giu',
);

/** "lea@exemple fr", where nothing follows. */
const LOST_DOT = /(@[\p{L}\p{N}-]+) (com|fr|org|net)(?=[\s.!]*$)/iu;

/** The text without the slips that can only be slips: "lea@exemple . org", "lea@exemple,com", "@@", "..". */
export function withoutSlips(text: string): string {
  return text
    .replace(/@{2,}/g, '@')
    .replace(BROKEN_DOT, '$1.')
    .replace(LOST_DOT, '$1.$2')
    .replace(/(?<=@[^\s@]*)\.{2,}/g, '.');
}
