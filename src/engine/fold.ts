/**
 * Folds text for comparison: case, accents and punctuation no longer count, and spaces are
 * squeezed ("  Oui, BIEN sûr ! " becomes "oui bien sur"). Letters and digits of every script stay;
 * pictures count only in a text that has nothing else, so that 👍 can mean yes.
 */
export function fold(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const words = plain
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (words !== '') return words;
  return plain.replace(/[^\p{Extended_Pictographic}]+/gu, ' ').trim();
}
