import { createHash } from 'node:crypto';
import type { DoorRow } from '../doors.js';
import { COMMUNE, stationCode } from '../station-code.js';
import { buildingKey, folded } from './building-key.js';
import type { Cells } from '../../csv/columns.js';
import { refuse, type Refused } from './outcome.js';

/** The columns of doors: plain ones, and those of the Base adresse nationale. */
export const DOOR_COLUMNS = {
  external_id: ['external_id', 'id', 'van id', 'identifiant'],
  number: ['number', 'numero', 'numéro de voie', 'house number'],
  suffix: ['suffix', 'rep', 'repetition', 'indice de répétition'],
  street: ['street', 'nom_voie', 'libellé de voie', 'voie', 'rue', 'nom_ld'],
  floor: ['floor', 'étage'],
  flat: ['flat', 'apartment', 'appartement', 'unit'],
  postcode: ['postcode', 'code_postal', 'zip', 'postal_code'],
  city: ['city', 'nom_commune', 'commune', 'town', 'ville'],
  lat: ['lat', 'latitude'],
  lon: ['lon', 'longitude', 'lng', 'long'],
  station: ['station', 'bureau de vote', 'code_bv', 'precinct', 'code du bureau de vote'],
  commune: ['code_insee', 'insee', 'code_commune', 'citycode'],
  iris: ['iris', 'code_iris'],
  note: ['note', 'remarque', 'comment'],
} as const;

export type DoorColumn = keyof typeof DOOR_COLUMNS;

/** Without these, no row can be read. */
export const NEEDED_DOOR_COLUMNS: readonly DoorColumn[] = ['street', 'lat', 'lon'];

/** Signs that one part of an address may have. */
const LONGEST = 120;
const LONGEST_NOTE = 500;
/** Signs that an id may have: longer ones are told by their hash. */
const LONGEST_ID = 200;

/** A door as its row says it, or why it cannot be one. */
export function readDoor(cell: Cells<DoorColumn>, at: Date): DoorRow | Refused {
  const street = cell('street');
  if (street === '') return refuse('no street');
  const position = readPosition(cell('lat'), cell('lon'));
  if ('type' in position) return position;
  const { number, suffix } = splitNumber(cell('number'), cell('suffix'));
  const commune = cell('commune').toUpperCase();
  const place = {
    ...given('number', number),
    ...given('suffix', suffix),
    street,
    ...given('floor', cell('floor')),
    ...given('flat', cell('flat')),
    ...given('postcode', cell('postcode')),
    ...given('city', cell('city')),
  };
  const tooLong = Object.entries(place).find(([, text]) => text.length > LONGEST);
  if (tooLong !== undefined) return refuse(`${tooLong[0]} is longer than ${LONGEST} signs`);
  const note = cell('note');
  if (note.length > LONGEST_NOTE) return refuse(`the note is longer than ${LONGEST_NOTE} signs`);
  const id = cell('external_id');
  if (id.length > LONGEST_ID) return refuse(`external_id is longer than ${LONGEST_ID} signs`);
  const building = buildingKey(place);
  return {
    _id: id === '' ? idOf(building, place) : id,
    ...place,
    ...position,
    ...given('station', stationCode(cell('station'), commune)),
    ...given('commune', COMMUNE.test(commune) ? commune : ''),
    ...given('iris', cell('iris')),
    ...given('note', note),
    building,
    at,
  };
}

function given<K extends string>(key: K, text: string): { readonly [key in K]?: string } {
  // TypeScript widens a computed key to any string.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return text === '' ? {} : ({ [key]: text } as { [key in K]: string });
}

/** A door without an id is told by its whole address. */
function idOf(
  building: string,
  { postcode = '', floor = '', flat = '' }: Partial<DoorRow>,
): string {
  const id = [folded(postcode), building, folded(floor), folded(flat)].join('|');
  return id.length <= LONGEST_ID ? id : createHash('sha256').update(id).digest('hex');
}

/** `12bis` in one cell is the number 12 and the suffix bis. */
export function splitNumber(written: string, suffix: string): { number: string; suffix: string } {
  const joined = /^(\d+)\s*([a-z]{1,6})$/i.exec(written);
  const [, digits = written, letters = ''] = suffix === '' ? (joined ?? []) : [];
  // BAN gives these numbers to places that have none.
  const isPretended = /^(?:0+|9{4,})$/.test(digits);
  return { number: isPretended ? '' : digits.replace(/^0+(?=\d)/, ''), suffix: suffix || letters };
}

function readPosition(
  writtenLat: string,
  writtenLon: string,
): { readonly lat: number; readonly lon: number } | Refused {
  if (writtenLat === '' || writtenLon === '') return refuse('no latitude or longitude');
  const [lat, lon] = [degrees(writtenLat), degrees(writtenLon)];
  if (lat === undefined || lon === undefined) {
    return refuse(
      `"${shortened(writtenLat)}", "${shortened(writtenLon)}" are no degrees such as 48.1173, -1.6778`,
    );
  }
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) {
    return refuse('the position is not on Earth: lat and lon are degrees of WGS 84');
  }
  if (lat === 0 && lon === 0) return refuse('the position is 0, 0, in the Atlantic Ocean');
  return { lat, lon };
}

function degrees(text: string): number | undefined {
  return /^[+-]?\d{1,3}(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
}

function shortened(text: string): string {
  return text.length > 20 ? `${text.slice(0, 19)}…` : text;
}
