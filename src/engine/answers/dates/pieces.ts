import { numeralAt } from '../numerals.js';
import type { ReadingContext } from '../reading.js';
import { flatten, phraseAt, tokensOf, touches, type Token } from '../tokens.js';
import { findShapes, type Shape } from './shapes.js';
import { mistypedName, vocabularyOf, type Roles, type Vocabulary } from './vocabulary.js';

/** A part of a text that may be a part of a date, with its place. */
export type Piece = Roles & {
  readonly start: number;
  readonly end: number;
  /** Written in digits only: a day, a time, an instant. */
  readonly shape?: Shape;
  /** A number with an ending, as in "1er" and "14th". */
  readonly ordinal?: number;
};

/** Cuts a text into what may be parts of a date; other words are pieces without a role. */
export function piecesOf(
  text: string,
  { words, language, country }: Pick<ReadingContext, 'words' | 'language' | 'country'>,
): readonly Piece[] {
  const flat = flatten(text);
  const tokens = tokensOf(flat);
  const shapes = findShapes(flat, country === 'us');
  const vocabulary = vocabularyOf(words);
  const pieces: Piece[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (token === undefined) break;
    const shape = shapes.get(token.start);
    if (shape !== undefined) {
      pieces.push({ start: token.start, end: shape.end, shape: shape.shape });
      while ((tokens[at]?.start ?? Infinity) < shape.end) at += 1;
      continue;
    }
    const phrase = longestPhrase(tokens, at, vocabulary);
    const numeral = token.digits ? digitsAt(tokens, at, vocabulary) : undefined;
    const spelled = token.digits ? undefined : numeralAt(tokens, at, words, language);
    const isKnown = phrase !== undefined || spelled !== undefined || token.digits;
    const mistyped = isKnown ? undefined : mistypedName(token.text, vocabulary);
    const length = Math.max(1, phrase?.length ?? 0, numeral?.length ?? 0, spelled?.length ?? 0);
    const end = tokens[at + length - 1]?.end ?? token.end;
    pieces.push({
      start: token.start,
      end,
      ...(phrase?.length === length ? phrase.roles : mistyped),
      ...(numeral?.length === length ? numeral.roles : {}),
      ...(spelled?.length === length ? { number: spelled.value } : {}),
    });
    at += length;
  }
  return pieces;
}

function longestPhrase(
  tokens: readonly Token[],
  at: number,
  { phrases, longest }: Vocabulary,
): { readonly roles: Roles; readonly length: number } | undefined {
  for (let length = Math.min(longest, tokens.length - at); length > 0; length -= 1) {
    const roles = phrases.get(phraseAt(tokens, at, length));
    if (roles !== undefined) return { roles, length };
  }
  return undefined;
}

/** "14", or "14th" and "1er": a number with letters on it that mean nothing else. */
function digitsAt(
  tokens: readonly Token[],
  at: number,
  { phrases, placed }: Vocabulary,
): { readonly roles: { number?: number; ordinal?: number }; readonly length: number } {
  const token = tokens[at];
  const next = tokens[at + 1];
  const value = token === undefined || token.text.length > 4 ? NaN : Number(token.text);
  if (Number.isNaN(value)) return { roles: {}, length: 1 };
  const ending = token !== undefined && touches(token, next) && !next.digits ? next.text : '';
  const isEnding = ending !== '' && ending.length <= 3 && !phrases.has(ending);
  if (!isEnding) return { roles: { number: value }, length: 1 };
  // "Le 20e" is a part of a town.
  const isDay = placed.size === 0 || placed.has(value);
  return { roles: isDay ? { ordinal: value } : {}, length: 2 };
}
