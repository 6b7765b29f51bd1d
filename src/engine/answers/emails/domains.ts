import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import { editDistance } from '../edit-distance.js';

/** Endings that are no top-level domain, and can only be a slip of the thumb. */
const NO_ENDING = new Set(
  'con cmo ocm comm vom xom cpm coom comn conm frr ffr ogr rog orgg nte nett'.split(' '),
);

/** Providers that most people have their mailbox with, and the endings they have. */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  gmail: ['com'],
  hotmail: ['com', 'fr', 'be', 'ch', 'ca', 'es', 'it', 'de', 'co.uk'],
  outlook: ['com', 'fr', 'be', 'es', 'it', 'de', 'pt', 'ie'],
  yahoo: ['com', 'fr', 'ca', 'es', 'it', 'de', 'be', 'co.uk', 'ie'],
  icloud: ['com'],
  orange: ['fr', 'com'],
  wanadoo: ['fr'],
  laposte: ['net', 'fr'],
  protonmail: ['com', 'ch'],
};
/** Slips that give another word of five letters, which could otherwise be somebody's own domain. */
const SLIPS = new Set(['gnail', 'gmsil', 'gmqil', 'gmaul', 'gmeil', 'gmzil', 'yajoo', 'yqhoo']);
/** Longer names are told from each other by one letter less surely than these by two. */
const LONG = 6;

/** Whether a domain is surely a slip for another: "gmial.com", "hotmial.fr", "exemple.con". */
export function isSlip(domain: string): boolean {
  const [name = '', ...rest] = domain.split('.');
  const ending = rest.join('.');
  if (NO_ENDING.has(rest.at(-1) ?? '')) return true;
  const own = PROVIDERS[name];
  if (own !== undefined) return name === 'gmail' && !own.includes(ending);
  if (SLIPS.has(name)) return true;
  const usual = ending === 'com' || ending === 'fr' || ending === 'net';
  return usual && Object.keys(PROVIDERS).some((provider) => isNearName(name, provider));
}

/** One letter too many, too few or swapped; one wrong only in a long name. The first is rarely mistaken. */
function isNearName(name: string, provider: string): boolean {
  if (name[0] !== provider[0] || editDistance(name, provider) !== 1) return false;
  if (provider.length >= LONG) return !name.endsWith('s');
  return name.length !== provider.length || sorted(name) === sorted(provider);
}

function sorted(word: string): string {
  return word.split('').sort().join('');
}

let throwaway: ReadonlySet<string> | undefined;

/** Whether a domain, or the one above it, gives addresses that are thrown away after use. */
export function isThrowaway(domain: string): boolean {
  throwaway ??= disposableEmailBlocklistSet();
  const labels = domain.split('.');
  for (let from = 0; from < labels.length - 1; from += 1) {
    if (throwaway.has(labels.slice(from).join('.'))) return true;
  }
  return false;
}
