import { fold } from '../fold.js';
import { lexiconOf, type Lexicon } from './lexicon.js';
import { read, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

/** Longer texts tell a story; a yes somewhere in them is not an answer. */
const MOST_WORDS = 12;

type Verdict = 'yes' | 'no' | 'not' | 'other';

/** Reads a yes or a no, as true or false; what says both, or turns its yes around, says neither. */
export function readYesNo(text: string, mode: Mode, context: ReadingContext): Reading {
  const folded = fold(text);
  const lexicon = lexiconOf(context.words);
  if (lexicon.yes.has(folded)) return read(true);
  if (lexicon.no.has(folded)) return read(false);
  const option = context.options.find(({ label, value }) => {
    return folded === fold(label) || folded === value;
  });
  if (option !== undefined) return read(option.value === 'yes');
  const verdicts = verdictsOf(folded, lexicon, mode);
  return mode === 'strict' ? readStrictly(verdicts) : readLeniently(verdicts, lexicon);
}

function readStrictly(verdicts: readonly Verdict[]): Reading {
  const [first] = verdicts;
  if ((first !== 'yes' && first !== 'no') || verdicts.some((verdict) => verdict !== first)) {
    return UNREAD;
  }
  return read(first === 'yes');
}

function readLeniently(verdicts: readonly Verdict[], lexicon: Lexicon): Reading {
  const yes = verdicts.includes('yes');
  const no = verdicts.includes('no');
  if (yes === no || verdicts.length > MOST_WORDS) return UNREAD;
  if (no) return read(false);
  // A language without words for "not" is believed only when the yes comes first.
  const plain = lexicon.not.size > 0 ? !verdicts.includes('not') : verdicts[0] === 'yes';
  return plain ? read(true) : UNREAD;
}

/** What each phrase or word of a text says, the longest phrase first. */
function verdictsOf(folded: string, lexicon: Lexicon, mode: Mode): Verdict[] {
  const words = folded.split(' ');
  const tokens = mode === 'strict' ? words : words.map((word) => withoutRuns(word, lexicon));
  const verdicts: Verdict[] = [];
  for (let start = 0; start < tokens.length;) {
    let length = Math.min(lexicon.longest, tokens.length - start);
    let verdict = verdictOf(tokens.slice(start, start + length).join(' '), lexicon);
    while (verdict === 'other' && length > 1) {
      length -= 1;
      verdict = verdictOf(tokens.slice(start, start + length).join(' '), lexicon);
    }
    verdicts.push(verdict);
    start += length;
  }
  return verdicts;
}

function verdictOf(phrase: string, lexicon: Lexicon): Verdict {
  if (lexicon.alone.has(phrase)) return 'other';
  if (lexicon.yes.has(phrase)) return 'yes';
  if (lexicon.no.has(phrase)) return 'no';
  return lexicon.not.has(phrase) ? 'not' : 'other';
}

/** "ouiiii" is "oui", and "yess" is "yes". */
function withoutRuns(word: string, lexicon: Lexicon): string {
  const plain = word.replace(/(\p{L})\1+/gu, '$1');
  return verdictOf(word, lexicon) === 'other' && verdictOf(plain, lexicon) !== 'other'
    ? plain
    : word;
}
