import { splitList } from '../../../csv/list-cell.js';
import type { Campaign, FieldType } from '../../../engine/campaign.js';
import { fold } from '../../../engine/fold.js';
import type { Json } from '../../../engine/json.js';

/** A value, or why the cell holds none of this type. */
export type ReadValue =
  | { readonly type: 'value'; readonly value: Json }
  | { readonly type: 'fault'; readonly reason: string };

const YES = new Set(['yes', 'y', 'true', 't', '1', 'oui', 'o', 'vrai', 'x', 'on']);
const NO = new Set(['no', 'n', 'false', 'f', '0', 'non', 'faux', 'off']);
/** Signs that one text may have. */
const LONGEST = 2_000;

/** Whether a cell says yes or no; undefined when it says neither. */
export function readYes(cell: string): boolean | undefined {
  const word = fold(cell);
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

/** Reads the cell of a campaign's field: whole numbers and decimals with point or comma, amounts in euros or dollars. */
export function readValue(
  cell: string,
  type: FieldType | 'any',
  country: Campaign['country'],
): ReadValue {
  if (cell.length > LONGEST) return fault(`is longer than ${LONGEST} signs`);
  switch (type) {
    case 'text':
    case 'any':
      return value(cell);
    case 'number':
      return readNumber(cell, 'is no number');
    case 'amount': {
      const read = readNumber(cell.replace(/[\s€$]/g, ''), 'is no amount such as 25.50');
      if (read.type === 'fault' || typeof read.value !== 'number') return read;
      return value(Math.round(read.value * 100));
    }
    case 'boolean': {
      const yes = readYes(cell);
      return yes === undefined ? fault('is neither yes nor no') : value(yes);
    }
    case 'date':
      return readDate(cell, country);
    case 'list':
      return value(splitList(cell));
    case 'location': {
      const [, lat, lon] =
        /^(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(cell) ?? [];
      if (lat === undefined || lon === undefined) return fault('is no place such as 48.11, -1.68');
      return value({ lat: Number(lat), lon: Number(lon) });
    }
    default:
      return type satisfies never;
  }
}

function readNumber(cell: string, otherwise: string): ReadValue {
  const isNumber = /^[+-]?\d{1,15}(?:[.,]\d{1,10})?(?:e[+-]?\d{1,2})?$/i.test(cell);
  // There is no other nought in JSON.
  return isNumber ? value(Number(cell.replace(',', '.')) + 0) : fault(otherwise);
}

/** ISO 8601, or days as they are written in the campaign's country. */
function readDate(cell: string, country: Campaign['country']): ReadValue {
  const iso =
    /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
  const [, year, month, day] = iso.exec(cell) ?? [];
  if (year !== undefined) return isDay(year, month, day) ? value(cell) : fault('is no day');
  const [, one = '', other = '', late] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(cell) ?? [];
  const [dayOf, monthOf] = country === 'us' ? [other, one] : [one, other];
  const parts = [late, monthOf.padStart(2, '0'), dayOf.padStart(2, '0')] as const;
  return late !== undefined && isDay(...parts) ? value(parts.join('-')) : fault('is no date');
}

function isDay(year = '', month = '', day = ''): boolean {
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(day);
}

function value(read: Json): ReadValue {
  return { type: 'value', value: read };
}

function fault(reason: string): ReadValue {
  return { type: 'fault', reason };
}
