import type { Location } from '../event.js';
import { read, refused, UNREAD, type Mode, type Reading } from './reading.js';

const POINT = /([+-]?\d{1,3}(?:\.\d{1,12})?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d{1,12})?)/;
/** Six decimals of a degree are a tenth of a metre. */
const DECIMALS = 1e6;

/** Takes a point that was shared, when there is such a point on the globe. */
export function readLocation({ lat, lon }: Location): Reading {
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return refused('malformed');
  return read({ lat: rounded(lat), lon: rounded(lon) });
}

/** Reads a point written as "48.11, -1.68", as maps show it. */
export function readPoint(text: string, mode: Mode): Reading {
  const [whole, lat, lon] = POINT.exec(text) ?? [];
  // Two whole numbers are more often something else.
  if (whole === undefined || !`${lat}${lon}`.includes('.')) return UNREAD;
  if (mode === 'strict' && whole !== text.trim()) return UNREAD;
  return readLocation({ lat: Number(lat), lon: Number(lon) });
}

/** Never -0, which JSON does not carry. */
function rounded(degrees: number): number {
  return Math.round(degrees * DECIMALS) / DECIMALS + 0;
}
