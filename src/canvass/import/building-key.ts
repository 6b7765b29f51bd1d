import { fold } from '../../engine/fold.js';

/** Texts of the same few streets come again and again: each is folded once. */
const MOST_KEPT = 20_000;
const foldedTexts = new Map<string, string>();

/** What a text compares as. */
export function folded(text: string): string {
  const known = foldedTexts.get(text);
  if (known !== undefined) return known;
  if (foldedTexts.size >= MOST_KEPT) foldedTexts.clear();
  const result = fold(text);
  foldedTexts.set(text, result);
  return result;
}

/** What files shorten at the beginning of a street or town: the roll says AV, BAN says Avenue. */
const SHORTENED: Readonly<Record<string, string>> = {
  all: 'allee',
  av: 'avenue',
  ave: 'avenue',
  bd: 'boulevard',
  bld: 'boulevard',
  boul: 'boulevard',
  che: 'chemin',
  chem: 'chemin',
  crs: 'cours',
  fg: 'faubourg',
  fbg: 'faubourg',
  imp: 'impasse',
  ld: 'lieu dit',
  lot: 'lotissement',
  pas: 'passage',
  pl: 'place',
  qu: 'quai',
  r: 'rue',
  res: 'residence',
  rte: 'route',
  sq: 'square',
  st: 'saint',
  ste: 'sainte',
};
const speltTexts = new Map<string, string>();

/** A folded text with its first word, and every saint, written out. */
function spelt(text: string): string {
  const known = speltTexts.get(text);
  if (known !== undefined) return known;
  if (speltTexts.size >= MOST_KEPT) speltTexts.clear();
  const words = folded(text).split(' ');
  const result = words
    .map((word, at) => (at === 0 || /^ste?$/.test(word) ? (SHORTENED[word] ?? word) : word))
    .join(' ');
  speltTexts.set(text, result);
  return result;
}

/** What the doors of one entrance share: town, street, number and suffix, folded. */
export function buildingKey(address: {
  readonly city?: string;
  readonly postcode?: string;
  readonly street: string;
  readonly number?: string;
  readonly suffix?: string;
}): string {
  const { city = '', street, number = '', suffix = '' } = address;
  return [spelt(city), spelt(street), `${number}${folded(suffix)}`].join('|');
}
