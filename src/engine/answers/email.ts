import { isSlip, isThrowaway } from './emails/domains.js';
import { spokenAddress, withoutSlips } from './emails/spoken.js';
import { withoutPictures } from './without-pictures.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

/** Longest address that mail can reach (RFC 5321 §4.5.3.1.3), and its longest local part. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

const ATOM = /^[\w.!#$%&'*+/=?^`{|}~-]+$/;
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*\p{L}$/u;

/**
 * Reads an e-mail address, its domain in lower case: what surrounds it goes, spaces and slips in it too where
 * they can be nothing else, and signs may be said ("lea arobase exemple point org"). Refused are `typo`
 * ("gmial.com") and `throwaway` domains.
 */
export function readEmail(text: string, mode: Mode, context: ReadingContext): Reading {
  const joined = text
    .trim()
    .replace(/\s*(?:@|[[(](?:at|arobase)[\])])\s*/gi, '@')
    .replace(/[[(](?:dot|point)[\])]/gi, '.');
  const words = addressedWords(joined);
  const [first] = words;
  if (first === undefined) return readSpoken(text, mode, context);
  if (mode === 'strict' && first.length < bare(joined).length) return UNREAD;
  const addresses = new Set(words.map(normalise));
  if (addresses.size > 1) return refused('several');
  const [closer = ''] = addressedWords(withoutSlips(joined));
  const address = normalise(first) ?? normalise(closer) ?? spokenOver(first, text, context);
  return address === undefined ? refused('malformed') : judged(address);
}

/** An address that is partly said: "lea@exemple point org". One with an accent is another one without it. */
function spokenOver(written: string, text: string, { words }: ReadingContext): string | undefined {
  const isPlain = !/[^\p{ASCII}]/u.test(written);
  return isPlain ? normalise(spokenAddress(text, words) ?? '') : undefined;
}

/**
 * An address that stands alone, its domain in lower case, as files have it; undefined for what is none, and
 * for a slip such as "gmial.com".
 */
export function plainEmail(text: string): string | undefined {
  const address = /\s/.test(text) ? undefined : normalise(bare(text));
  return address === undefined || isSlip(address.slice(address.lastIndexOf('@') + 1))
    ? undefined
    : address;
}

/** What is said aloud has no sign of its own that makes it an address, so it is never strictly one. */
function readSpoken(text: string, mode: Mode, { words }: ReadingContext): Reading {
  const address = mode === 'strict' ? undefined : normalise(spokenAddress(text, words) ?? '');
  return address === undefined ? UNREAD : judged(address);
}

/** An address without what nobody can be reached at. */
function judged(address: string): Reading {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (isSlip(domain)) return refused('typo');
  return isThrowaway(domain) ? refused('throwaway') : read(address);
}

function addressedWords(text: string): string[] {
  const words = text.split(/[\s,;<>()]+/).filter((word) => word.includes('@'));
  return words.map(bare);
}

/** Without what people put around an address: quotes, brackets, a full stop after it. */
function bare(word: string): string {
  return withoutPictures(word)
    .replace(/^(?:mailto:|["'«»“”<(\s])+/i, '')
    .replace(/[>)"'«»“”.,;:!?…\s]+$/, '');
}

function normalise(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1).toLowerCase();
  if (local.length > LONGEST_LOCAL || address.length > LONGEST) return undefined;
  const dotted = local.startsWith('.') || local.endsWith('.') || local.includes('..');
  if (dotted || !ATOM.test(local) || !DOMAIN.test(domain)) return undefined;
  return `${local}@${domain}`;
}
