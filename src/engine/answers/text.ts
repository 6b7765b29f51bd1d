import { read, refused, UNREAD, type Reading, type ReadingContext } from './reading.js';

/** Longest text that is read at all, in UTF-16 code units. */
export const LONGEST = 2_000;

/** Reads free text: anything but emptiness, at most 2,000 characters unless `max` says less. */
export function readPlainText(text: string, context: ReadingContext): Reading {
  const plain = text
    .normalize('NFC')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim();
  if (plain === '') return UNREAD;
  const { min = 1, max = LONGEST } = context;
  if (plain.length < min) return refused('too_short');
  return plain.length > Math.min(max, LONGEST) ? refused('too_long') : read(plain);
}
