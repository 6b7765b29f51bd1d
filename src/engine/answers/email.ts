import { read, refused, UNREAD, type Mode, type Reading } from './reading.js';

/** Longest address that mail can reach (RFC 5321 §4.5.3.1.3), and its longest local part. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

const ATOM = /^[\w.!#$%&'*+/=?^`{|}~-]+$/;
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*\p{L}$/u;

/** Reads an e-mail address: spaces around @ and what surrounds it go, the domain in lower case. */
export function readEmail(text: string, mode: Mode): Reading {
  const joined = text.trim().replace(/\s*(?:@|[[(](?:at|arobase)[\])])\s*/gi, '@');
  const words = addressedWords(joined);
  const [first] = words;
  if (first === undefined) return UNREAD;
  if (mode === 'strict' && first.length < bare(joined).length) return UNREAD;
  const addresses = new Set(words.map(normalise));
  if (addresses.size > 1) return refused('several');
  // "lea@exemple . org" is no address as it stands, but one without the spaces of its dot.
  const [closer = ''] = addressedWords(joined.replace(/\s+\.\s*/g, '.'));
  const address = normalise(first) ?? normalise(closer);
  return address === undefined ? refused('malformed') : read(address);
}

function addressedWords(text: string): string[] {
  const words = text.split(/[\s,;<>()]+/).filter((word) => word.includes('@'));
  return words.map(bare);
}

/** Without what people put around an address: quotes, brackets, a full stop after it. */
function bare(word: string): string {
  return word.replace(/^(?:mailto:|["'«»“”<(\s])+/i, '').replace(/[>)"'«»“”.,;:!?\s]+$/, '');
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
