/**
 * A polling station's code as all files are made to say it: in France the commune's INSEE code, `_` and four
 * digits (`35238_0007`), whether a file says `35238_7`, `35238-0007` or, with the commune known, `7`. Any
 * other text is a code as it stands; empty without one.
 */
export function stationCode(written: string, commune = ''): string {
  const text = written.trim().toUpperCase();
  if (text === '') return '';
  const whole = /^(\d[\dAB]\d{3})\s*[_-]\s*(\w+)$/.exec(text);
  if (whole !== null) return `${whole[1] ?? ''}_${padded(whole[2] ?? '')}`;
  return COMMUNE.test(commune) && /^\w{1,8}$/.test(text) ? `${commune}_${padded(text)}` : text;
}

/** The INSEE code of a commune: the department and three digits. */
export const COMMUNE = /^\d[\dAB]\d{3}$/;

function padded(station: string): string {
  return station.replace(/^\d+/, (digits) => digits.padStart(4, '0'));
}

/** The commune of a French station's code; undefined for others. */
export function communeOf(station: string): string | undefined {
  return /^(\d[\dAB]\d{3})_/.exec(station)?.[1];
}
