import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

const SPACES = '[ \\u00a0\\u202f]';
/** Digits, grouped by spaces, commas or points, with an optional sign. */
const NUMBER = new RegExp(`[+-]?\\d+(?:(?:[.,]|${SPACES}(?=\\d{3}(?!\\d)))\\d+)*`, 'g');

/** Reads a number in digits: "1 200,50", "1,200.50" and "1200.5" are one. Bounds are inclusive. */
export function readNumber(text: string, mode: Mode, context: ReadingContext): Reading {
  const trimmed = text.trim();
  const found = trimmed.match(NUMBER) ?? [];
  const [first] = found;
  if (first === undefined || (mode === 'strict' && first !== trimmed)) return UNREAD;
  if (found.length > 1) return refused('several');
  const value = parse(first);
  if (!Number.isFinite(value)) return refused('malformed');
  if (context.min !== undefined && value < context.min) return refused('too_small');
  if (context.max !== undefined && value > context.max) return refused('too_large');
  return read(value);
}

function parse(written: string): number {
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
