/** A whole number of votes or people; undefined where there is none: `1 234` and `1234,0` are 1234. */
export function readCount(written: string): number | undefined {
  const text = written.replace(/[\s\u00a0\u202f]/g, '').replace(/[.,]0+$/, '');
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** A number with a point or a comma; undefined where there is none. */
export function readDecimal(written: string): number | undefined {
  const text = written.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^-?\d{1,12}(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}
