const { imul } = Math;

/** Where a hash begins; each kind of feature begins with a letter of its own. */
export const HASH_START = 0x811c9dc5;

/** Goes on hashing with characters of a text (FNV-1a over UTF-16 units). */
export function hashOn(hash: number, text: string, from = 0, to = text.length): number {
  let h = hash;
  for (let i = from; i < to; i += 1) h = imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

/** Ends a hash: spreads its bits, so that texts that differ little have keys that differ much. */
export function hashEnd(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = imul(h, 0x846ca68b);
  return h ^ (h >>> 16);
}
