import { fold } from '../fold.js';
import { lexiconOf } from './lexicon.js';
import { findPostalCodes, type FoundCode } from './postal-code.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';
import { flatten, phraseAt, tokensOf } from './tokens.js';

const LONGEST = 300;
/** Words that may stand between a house number and the kind of its street: "12 bis, rue", "123 North Main St". */
const REACH = 4;
const END = /[\s.,;!?]+$/;

/**
 * Reads a postal address: its text, and the street, postal code and city where they can be told. What has neither
 * a street nor a postal code is none.
 */
export function readAddress(text: string, mode: Mode, context: ReadingContext): Reading {
  const written = text
    .normalize('NFC')
    .replace(/\s*\n\s*/g, ', ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const plain = withoutCourtesy(written, context);
  if (plain.length > Math.min(context.max ?? LONGEST, LONGEST)) return refused('too_long');
  const code = context.country === 'none' ? undefined : codeIn(plain, context);
  const start = streetStart(plain, context);
  if (start === undefined && code === undefined) return UNREAD;
  const first = Math.min(start ?? Infinity, code?.start ?? Infinity);
  if (mode === 'strict' && first > 0) return UNREAD;
  const line = start === undefined ? undefined : streetOf(plain, start, code);
  const named = cityOf(plain, start, line, code);
  const [street, city] =
    named === undefined && code === undefined ? townWithin(line, context) : [line, named];
  return read({
    text: plain,
    ...(street === undefined ? {} : { street }),
    ...(code === undefined ? {} : { postal_code: code.value }),
    ...(city === undefined ? {} : { city }),
  });
}

/** Without what ends a message and is no part of an address: "svp", a full stop. */
function withoutCourtesy(text: string, { words }: ReadingContext): string {
  const { courtesies } = lexiconOf(words);
  let end = text.replace(END, '');
  for (;;) {
    const last = end.split(/[\s,]+/).at(-1) ?? '';
    if (last === end || !courtesies.has(fold(last))) return end;
    end = end.slice(0, -last.length).replace(END, '');
  }
}

/** The last code: a house number may look like one. */
function codeIn(text: string, { country }: ReadingContext): FoundCode | undefined {
  return findPostalCodes(text, country).at(-1);
}

/** Where a street begins: the house number before the kind of street, or that word when it leads. */
function streetStart(text: string, { words }: ReadingContext): number | undefined {
  const { streets } = lexiconOf(words);
  const tokens = tokensOf(flatten(text));
  for (const [kind, { text: word }] of tokens.entries()) {
    if (!streets.has(word) && !streets.has(phraseAt(tokens, kind, 2))) continue;
    for (let at = kind - 1; at >= Math.max(0, kind - REACH); at -= 1) {
      const token = tokens[at];
      if (token?.digits === true && token.text.length <= 5) return token.start;
    }
  }
  // "place du Lavoir" is a street; "une place" is not.
  const [first] = tokens;
  const leads = streets.has(first?.text ?? '') || streets.has(phraseAt(tokens, 0, 2));
  return leads && tokens.length > 2 ? first?.start : undefined;
}

function streetOf(text: string, start: number, code: FoundCode | undefined): string | undefined {
  const end = code !== undefined && code.start > start ? code.start : text.length;
  const before = text.slice(start, end);
  const [street = '', ...rest] = before.split(',').map(cleaned);
  // "12, rue de la Paix": the number stands apart.
  const whole = /^\d+ ?\p{L}{0,6}$/u.test(street) && rest[0] ? `${street} ${rest[0]}` : street;
  return whole === '' ? undefined : whole;
}

/** What follows the code, or stands between the street and it. */
function cityOf(
  text: string,
  start: number | undefined,
  street: string | undefined,
  code: FoundCode | undefined,
): string | undefined {
  const after = code === undefined ? '' : text.slice(code.end);
  const [following = ''] = after.split(/[,(;]/).map(cleaned).filter(Boolean);
  if (/^\p{L}/u.test(following)) return following;
  const upTo = text.slice(start ?? 0, code?.start ?? text.length);
  const parts = upTo.split(',').map(cleaned).filter(Boolean);
  // "Springfield, IL 62704": the state is no city.
  const last = /^[A-Z]{2}$/.test(parts.at(-1) ?? '') ? parts.at(-2) : parts.at(-1);
  const isCity = last !== undefined && street?.includes(last) === false && /^\p{L}/u.test(last);
  return isCity ? last : undefined;
}

/** A street and the town said after it: "8 impasse des Lilas à Valbrume". */
function townWithin(
  line: string | undefined,
  { words }: ReadingContext,
): readonly [street: string | undefined, city: string | undefined] {
  const { within } = lexiconOf(words);
  const parts = line?.split(' ') ?? [];
  const at = parts.findLastIndex((word) => within.has(fold(word)));
  const town = parts.slice(at + 1).join(' ');
  return at > 2 && /^\p{Lu}/u.test(town) ? [parts.slice(0, at).join(' '), town] : [line, undefined];
}

function cleaned(part: string): string {
  return part.replace(/^[\s,.()–-]+|[\s,.()–-]+$/g, '');
}
