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

/** What the doors of one entrance share: town, street, number and suffix, folded. */
export function buildingKey(address: {
  readonly city?: string;
  readonly postcode?: string;
  readonly street: string;
  readonly number?: string;
  readonly suffix?: string;
}): string {
  const { city = '', street, number = '', suffix = '' } = address;
  return [folded(city), folded(street), `${number}${folded(suffix)}`].join('|');
}
