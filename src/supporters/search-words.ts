import { fold } from '../engine/fold.js';
import type { Query } from '../store/table.js';
import { isSameList } from './consents-now.js';
import type { SupporterRecord } from './record.js';

/** Words kept of one supporter, and signs of each: nobody's name needs more. */
const MOST_WORDS = 12;
const MOST_SIGNS = 40;
/** Digits at the end of a phone number that are the same with and without the country code. */
const LOCAL_DIGITS = 9;

/**
 * What somebody is found by, as an index can find it: the words of their names without accents, the
 * e-mail, and the phone number with and without its country code; pure.
 */
export function searchWords({
  first_name: first = '',
  last_name: last = '',
  email,
  phone,
}: Pick<SupporterRecord, 'first_name' | 'last_name' | 'email' | 'phone'>): readonly string[] {
  const words = new Set(fold(`${first} ${last}`).split(' '));
  if (email !== undefined) words.add(email.toLowerCase());
  if (phone !== undefined) {
    const digits = phone.replaceAll(/\D/g, '');
    words.add(digits).add(digits.slice(-LOCAL_DIGITS));
  }
  words.delete('');
  return [...words].slice(0, MOST_WORDS).map((word) => word.slice(0, MOST_SIGNS));
}

/** The record with `search` as its names, e-mail and phone make it; the same one where it is so. */
export function withSearchWords(record: SupporterRecord): SupporterRecord {
  const search = searchWords(record);
  return isSameList(search, record.search) ? record : { ...record, search };
}

/**
 * What staff typed, as the beginnings of such words: each must begin one. A phone number is taken whole,
 * whatever its spaces, zero or country code.
 */
export function readSearch(text: string): readonly string[] {
  const plain = text.trim().toLowerCase();
  if (/^[+\d][\d\s().-]{2,}$/.test(plain)) {
    const digits = plain.replaceAll(/\D/g, '').replace(/^00?/, '');
    return digits === '' ? [] : [digits];
  }
  return plain
    .split(/\s+/)
    .flatMap((word) => (word.includes('@') ? [word] : fold(word).split(' ')))
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, MOST_SIGNS));
}

/** What staff typed as the beginning of an e-mail, if it may be one: `camille.77`. */
export function readAsAddress(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  return /^[^\s@]*[a-z][^\s@]*[._+-][^\s@]*$/.test(plain) ? plain.slice(0, MOST_SIGNS) : undefined;
}

/**
 * A query for whoever has a word that begins so. One word of theirs has to be within both bounds: asked
 * of the list as a whole, one could be above the first and another below the second.
 */
export function wordBeginning(word: string): Query {
  return { search: { $elemMatch: { $gte: word, $lt: `${word}\uffff` } } };
}
