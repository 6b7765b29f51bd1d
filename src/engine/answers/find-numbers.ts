import { multiplierAt, numeralAt } from './numerals.js';
import type { ReadingContext } from './reading.js';
import { flatten, tokensOf } from './tokens.js';

/** A number in a text. */
export type FoundNumber = {
  /** NaN when its commas and points make no sense. */
  readonly value: number;
  readonly start: number;
  readonly end: number;
  /** Whether it is a lone "one", which is an article as often as a number. */
  readonly article: boolean;
};

const SPACES = '[ \\u00a0\\u202f]';
/** Digits, grouped by spaces, commas or points, with an optional sign. */
const DIGITS = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])[+-])?\\d+(?:(?:[.,]|${SPACES}(?=\\d{3}(?!\\d)))\\d+)*`,
  'gu',
);

/** Finds the numbers of a text, in digits and in words: "1 200,50", "vingt-deux", "2 douzaines". */
export function findNumbers(
  text: string,
  { words, language }: Pick<ReadingContext, 'words' | 'language'>,
): readonly FoundNumber[] {
  const tokens = tokensOf(flatten(text));
  const found: FoundNumber[] = [];
  for (const match of text.matchAll(DIGITS)) {
    const start = match.index;
    let end = start + match[0].length;
    let value = parseDigits(match[0]);
    const next = tokens.findIndex((token) => token.start >= end);
    const times = next < 0 ? undefined : multiplierAt(tokens, next, words);
    const between = text.slice(end, tokens[next]?.start);
    if (times !== undefined && /^\s*$/.test(between)) {
      value *= times.value;
      end = tokens[next + times.length - 1]?.end ?? end;
    }
    found.push({ value, start, end, article: false });
  }
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    const numeral =
      token === undefined ||
      found.some(({ start, end }) => token.start >= start && token.end <= end)
        ? undefined
        : numeralAt(tokens, at, words, language);
    if (token === undefined || numeral === undefined) {
      at += 1;
      continue;
    }
    const { value, length } = numeral;
    const end = tokens[at + length - 1]?.end ?? token.end;
    found.push({ value, start: token.start, end, article: value === 1 && length === 1 });
    at += length;
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Reads digits: "1 200,50", "1,200.50" and "1200.5" are one; NaN when it cannot be told. */
export function parseDigits(written: string): number {
  const digits = written.replace(new RegExp(SPACES, 'g'), '');
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (last < 0) return plus(digits);
  const mark = digits[last] ?? '';
  const groups = digits.split(mark);
  const other = mark === '.' ? ',' : '.';
  // One mark before three digits, or the same mark twice, groups thousands; otherwise it is decimal.
  const grouping =
    groups.length > 2 || (!digits.includes(other) && /^[+-]?[1-9]\d{0,2}$/.test(groups[0] ?? ''));
  if (grouping && groups.slice(1).every((group) => group.length === 3)) {
    return plus(groups.join(''));
  }
  if (groups.length > 2) return NaN;
  return plus(`${digits.slice(0, last).replaceAll(other, '')}.${digits.slice(last + 1)}`);
}

/** Never -0, which JSON does not carry. */
function plus(digits: string): number {
  return Number(digits) + 0;
}
