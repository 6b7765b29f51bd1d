/** Digits with letters among them that can only be zeros: "75O11", "O6". */
const MIXED = /(?<![\p{L}\p{N}])(?=[oO]*\d)[\doO]+(?![\p{L}\p{N}])/gu;

/** The same text with zeros where the letter O was typed for them, each character in its place. */
export function withZeros(text: string): string {
  return text.replace(MIXED, (digits) => digits.replace(/[oO]/g, '0'));
}
