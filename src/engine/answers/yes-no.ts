import { fold } from '../fold.js';
import { isNear } from './edit-distance.js';
import { lexiconOf, type Lexicon } from './lexicon.js';
import { read, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

/** Longer texts tell a story; a yes somewhere in them is not an answer. */
const MOST_WORDS = 12;

/** Shorter words have too many neighbours to forgive a slip in them. */
const SHORTEST_SLIP = 6;

/** What a phrase says; `lone_yes` and `lone_no` say it only among words that all do. */
type Verdict = 'yes' | 'no' | 'lone_yes' | 'lone_no' | 'not' | 'courtesy' | 'other';

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
  const words = folded.split(' ');
  if (words.length > MOST_WORDS) return UNREAD;
  const isStrict = mode === 'strict';
  const said = isStrict ? words : words.map((word) => righted(word, lexicon));
  const verdicts = verdictsOf(said, lexicon);
  // "Parfait merci" says no more than "parfait".
  const plainly = readPlainly(isStrict ? verdicts : verdicts.filter((one) => one !== 'courtesy'));
  return isStrict || plainly !== UNREAD ? plainly : readAmongOthers(verdicts, lexicon);
}

/** Nothing but yes, or nothing but no. */
function readPlainly(verdicts: readonly Verdict[]): Reading {
  if (verdicts.length === 0) return UNREAD;
  if (verdicts.every((verdict) => verdict === 'yes' || verdict === 'lone_yes')) return read(true);
  const isNo = verdicts.every((verdict) => verdict === 'no' || verdict === 'lone_no');
  return isNo ? read(false) : UNREAD;
}

function readAmongOthers(verdicts: readonly Verdict[], lexicon: Lexicon): Reading {
  const yes = verdicts.includes('yes');
  const no = verdicts.includes('no');
  if (yes === no) return UNREAD;
  if (no) return read(false);
  // A language without words for "not" is believed only when the yes comes first.
  const plain = lexicon.not.size > 0 ? !verdicts.includes('not') : verdicts[0] === 'yes';
  return plain ? read(true) : UNREAD;
}

/** What each phrase or word of a text says, the longest phrase first. */
function verdictsOf(words: readonly string[], lexicon: Lexicon): Verdict[] {
  const verdicts: Verdict[] = [];
  for (let start = 0; start < words.length;) {
    let length = Math.min(lexicon.longest, words.length - start);
    let verdict = verdictOf(words.slice(start, start + length).join(' '), lexicon);
    while (verdict === 'other' && length > 1) {
      length -= 1;
      verdict = verdictOf(words.slice(start, start + length).join(' '), lexicon);
    }
    verdicts.push(verdict);
    start += length;
  }
  return verdicts;
}

function verdictOf(phrase: string, { yes, no, not, alone, courtesies }: Lexicon): Verdict {
  if (yes.has(phrase)) return alone.has(phrase) ? 'lone_yes' : 'yes';
  if (no.has(phrase)) return alone.has(phrase) ? 'lone_no' : 'no';
  if (not.has(phrase)) return 'not';
  return courtesies.has(phrase) ? 'courtesy' : 'other';
}

/** A word as the lists have it: "ouiiii" is "oui", "definately" is "definitely". */
function righted(word: string, lexicon: Lexicon): string {
  if (verdictOf(word, lexicon) !== 'other') return word;
  const plain = word.replace(/(\p{L})\1+/gu, '$1');
  if (verdictOf(plain, lexicon) !== 'other') return plain;
  if (word.length < SHORTEST_SLIP) return word;
  const near = [...lexicon.yes, ...lexicon.no].find(
    (entry) =>
      entry.length >= SHORTEST_SLIP &&
      entry[0] === word[0] &&
      !lexicon.alone.has(entry) &&
      isNear(entry, word),
  );
  return near ?? word;
}
