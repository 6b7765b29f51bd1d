import { encode } from 'uqr';

/** A text as a QR code: rows of `1` (dark) and `0`, with the margin that cameras need. */
export function qrSquares(text: string): string[] {
  return encode(text, { ecc: 'M', border: 2 }).data.map((row) =>
    row.map((isDark) => (isDark ? '1' : '0')).join(''),
  );
}
