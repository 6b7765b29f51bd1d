import { isDate } from '../parse/instant.js';
import { read, UNREAD, type Reading } from './reading.js';

/** Reads a day as `YYYY-MM-DD`. */
export function readDate(text: string): Reading {
  const day = /\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? '';
  return isDate(day) ? read(day) : UNREAD;
}
