import type { Campaign } from '../campaign.js';
import type { Option } from '../effect.js';
import type { WordLists } from '../flow.js';
import type { Json } from '../json.js';

/**
 * What a text is as an answer: read, with its normal form; of the type but refused, with the reason
 * (`malformed`, `too_long`…, the last part of a `retry` key); near some options, at most three, the nearest
 * first; or nothing of the kind.
 */
export type Reading =
  | { readonly type: 'read'; readonly value: Json }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'unsure'; readonly values: readonly string[] }
  | { readonly type: 'unread' };

/** What reading depends on besides the text. */
export type ReadingContext = {
  readonly language: string;
  /** Whose postal codes and national phone numbers are meant. */
  readonly country: Campaign['country'];
  readonly options: readonly Option[];
  /** Bounds of the number of choices, the value of a number or an amount (whole euros or dollars), or the length of a text. */
  readonly min?: number;
  readonly max?: number;
  readonly words: WordLists;
  /** The instant that "tomorrow" counts from, in epoch milliseconds, and whose day it is (IANA). */
  readonly at: number;
  readonly timezone: string;
};

/** Strict: the text is exactly such an answer. Lenient: it contains one. */
export type Mode = 'strict' | 'lenient';

export const UNREAD: Reading = { type: 'unread' };

/** A text read as a value. */
export function read(value: Json): Reading {
  return { type: 'read', value };
}

/** A text that comes near some options; unread when there are none. */
export function unsure(values: readonly string[]): Reading {
  return values.length === 0 ? UNREAD : { type: 'unsure', values };
}

/** A text of the right kind that is no good, and why. */
export function refused(reason: string): Reading {
  return { type: 'refused', reason };
}
