import { fold } from '../../engine/fold.js';
import type { CanvassResult } from '../canvass-result.js';
import { floorOf } from '../route/order-building.js';
import { readResult } from './result-words.js';

/** A door of the turf that somebody walks, as shorthand names it. */
export type LineDoor = {
  readonly id: string;
  readonly street: string;
  readonly number?: string;
  readonly suffix?: string;
  readonly floor?: string;
  readonly flat?: string;
};

export type LineEntry = {
  readonly door: string;
  readonly result: CanvassResult;
  readonly level?: 1 | 2 | 3 | 4 | 5;
};

/** Why a part cannot be taken: no such door or street here, two doors it may be, no result, or two results. */
export type UnclearReason = 'door' | 'street' | 'several' | 'result' | 'twice';

export type Lines =
  /** A result and nothing else: of the door one stands at. */
  | ({ readonly type: 'result' } & Omit<LineEntry, 'door'>)
  | { readonly type: 'doors'; readonly entries: readonly LineEntry[] }
  /** Shorthand that does not say for sure what is meant; nothing of it may be taken. */
  | { readonly type: 'unclear'; readonly part: string; readonly why: UnclearReason }
  /** No shorthand at all. */
  | { readonly type: 'words' };

/** Longer texts are notes. */
const LONGEST = 600;
const EVERY: readonly string[] = ['tous', 'toutes', 'tout', 'all'];
const EVEN: readonly string[] = ['pair', 'pairs', 'even'];
const ODD: readonly string[] = ['impair', 'impairs', 'odd'];
const SUFFIXES: readonly string[] = ['bis', 'ter', 'quater'];
const SMALL: readonly string[] = [
  'apt',
  'appt',
  'appartement',
  'porte',
  'etage',
  'flat',
  'floor',
  'no',
  'numero',
  'le',
  'la',
  'les',
  'au',
];
const TO: readonly string[] = ['-', 'a', 'to'];

/**
 * Reads `12 3G abs; 14-22 abs; 18 vu 2`: parts between semicolons or lines, each one house, one flat or a
 * range of houses, and a result; houses before a comma share the result behind it. A range between two
 * even or two odd numbers is one side of the street. Whatever could mean two things is `unclear`.
 */
export function readLines(text: string, doors: readonly LineDoor[]): Lines {
  if (text.length > LONGEST) return { type: 'words' };
  const parts = text.split(/[;\n]+/).filter((part) => part.trim() !== '');
  const entries = new Map<string, LineEntry>();
  let street: string | undefined;
  let isShorthand = false;
  for (const part of parts) {
    const pieces = part
      .split(',')
      .map((piece) => wordsOf(piece))
      .filter((words) => words.length > 0);
    const last = pieces.at(-1);
    if (last === undefined) continue;
    const read = readResult(last);
    const hasNumber = pieces.some((words) => words.some((word) => /^\d/.test(word)));
    if (read === undefined) {
      // A sentence with a number in it is a sentence.
      if (!isShorthand && !(hasNumber && isTerse(pieces.flat()))) return { type: 'words' };
      return { type: 'unclear', part: part.trim(), why: 'result' };
    }
    const { before, ...found } = read;
    const named = [...pieces.slice(0, -1), before].filter((words) => words.length > 0);
    if (named.length === 0) {
      if (parts.length === 1) return { type: 'result', ...found };
      return { type: 'unclear', part: part.trim(), why: 'door' };
    }
    if (!hasNumber && !isShorthand) return { type: 'words' };
    isShorthand = true;
    for (const words of named) {
      const meant = findDoors(words, doors, street);
      if (meant.type === 'unclear') return { ...meant, part: part.trim() };
      street = meant.street ?? street;
      for (const { id: door } of meant.doors) {
        const entry = { door, ...found };
        const known = entries.get(door);
        if (known !== undefined && (known.result !== entry.result || known.level !== entry.level)) {
          return { type: 'unclear', part: part.trim(), why: 'twice' };
        }
        entries.set(door, entry);
      }
    }
  }
  return entries.size === 0 ? { type: 'words' } : { type: 'doors', entries: [...entries.values()] };
}

/** Lower case without accents; hyphens between numbers stay. */
function wordsOf(text: string): string[] {
  const marked = text.replace(/(\d)\s*[-–]\s*(\d)/g, '$1 rangeto $2');
  return fold(marked)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (word === 'rangeto' ? '-' : word));
}

function isTerse(words: readonly string[]): boolean {
  return words.length <= 4 && /^\d/.test(words[0] ?? '');
}

type Found =
  | { readonly type: 'doors'; readonly doors: readonly LineDoor[]; readonly street?: string }
  | { readonly type: 'unclear'; readonly why: UnclearReason };
const unclear = (why: UnclearReason): Found => ({ type: 'unclear', why });

function findDoors(
  words: readonly string[],
  doors: readonly LineDoor[],
  street: string | undefined,
): Found {
  const isEvery = words.some((word) => EVERY.includes(word));
  const side = words.some((word) => EVEN.includes(word))
    ? 0
    : words.some((word) => ODD.includes(word))
      ? 1
      : undefined;
  const left = words.filter((word) => ![...EVERY, ...EVEN, ...ODD].includes(word));
  const at = left.findIndex((word) => /^\d/.test(word));
  const first = left[at];
  if (first === undefined) return unclear('door');
  const rest = left.slice(at + 1);
  if (TO.includes(rest[0] ?? '') && /^\d+$/.test(rest[1] ?? '')) {
    const named = streetOf([...left.slice(0, at), ...rest.slice(2)], doors, street);
    if (named.type === 'unclear') return named;
    return findRange(Number(first), Number(rest[1]), side, isEvery, named);
  }
  const house = /^(\d{1,5})(bis|ter|quater|[a-z])?$/.exec(first);
  if (house === null) return unclear('door');
  const [, number = '', glued] = house;
  const next = rest[0] ?? '';
  const spaced = glued === undefined && SUFFIXES.includes(next) ? next : undefined;
  const within = spaced === undefined ? rest : rest.slice(1);
  const suffix = glued ?? spaced ?? '';
  const before = left.slice(0, at);
  return findHouse({ number, suffix, before, within, isEvery, side }, doors, street);
}

function findHouse(
  house: {
    readonly number: string;
    readonly suffix: string;
    readonly before: readonly string[];
    readonly within: readonly string[];
    readonly isEvery: boolean;
    readonly side: number | undefined;
  },
  doors: readonly LineDoor[],
  street: string | undefined,
): Found {
  const { number, suffix, before, within, isEvery } = house;
  // A side of the street goes with a range only.
  if (house.side !== undefined) return unclear('door');
  // What stands behind the number is a flat, or else a street.
  const isStreet = within.length > 0 && doors.some((door) => isNamed(door.street, within));
  const named = streetOf(isStreet ? [...before, ...within] : before, doors, street);
  if (named.type === 'unclear') return named;
  const building = named.doors.filter(
    (door) => numberOf(door) === number && fold(door.suffix ?? '') === suffix,
  );
  const [any] = building;
  if (any === undefined) return unclear('door');
  const found =
    isStreet || within.length === 0 ? building : building.filter((door) => isFlat(door, within));
  if (found.length === 0) return unclear('door');
  if (new Set(found.map((door) => fold(door.street))).size > 1) return unclear('several');
  if (found.length > 1 && !isEvery) return unclear('several');
  // "12 14 abs" may be the house 14 as well as the flat 14.
  const isHouseToo =
    !isStreet && within.length > 0 && named.doors.some((door) => numberOf(door) === within[0]);
  if (isHouseToo) return unclear('several');
  return {
    type: 'doors',
    doors: found,
    ...(before.length > 0 || isStreet ? { street: fold(any.street) } : {}),
  };
}

function findRange(
  from: number,
  to: number,
  side: number | undefined,
  isEvery: boolean,
  named: { readonly doors: readonly LineDoor[]; readonly street?: string },
): Found {
  if (to <= from) return unclear('door');
  const parity = side ?? (from % 2 === to % 2 ? from % 2 : undefined);
  const found = named.doors.filter((door) => {
    const number = Number(numberOf(door) ?? NaN);
    return number >= from && number <= to && (parity === undefined || number % 2 === parity);
  });
  if (found.length === 0) return unclear('door');
  if (new Set(found.map((door) => fold(door.street))).size > 1) return unclear('several');
  const houses = new Set(found.map((door) => `${numberOf(door) ?? ''}${fold(door.suffix ?? '')}`));
  if (houses.size < found.length && !isEvery) return unclear('several');
  return {
    type: 'doors',
    doors: found,
    ...(named.street === undefined ? {} : { street: named.street }),
  };
}

/** The doors of the street that some words name; of the street named before, or all, when there are none. */
function streetOf(
  words: readonly string[],
  doors: readonly LineDoor[],
  street: string | undefined,
):
  | { readonly type: 'street'; readonly doors: readonly LineDoor[]; readonly street?: string }
  | { readonly type: 'unclear'; readonly why: UnclearReason } {
  if (words.length === 0) {
    const there =
      street === undefined ? doors : doors.filter((door) => fold(door.street) === street);
    return { type: 'street', doors: there };
  }
  const found = doors.filter((door) => isNamed(door.street, words));
  const streets = new Set(found.map((door) => fold(door.street)));
  const [only] = streets;
  if (only === undefined) return { type: 'unclear', why: 'street' };
  if (streets.size > 1) return { type: 'unclear', why: 'several' };
  return { type: 'street', doors: found, street: only };
}

function isNamed(street: string, words: readonly string[]): boolean {
  const parts = fold(street).split(' ');
  const telling = words.filter((word) => !SMALL.includes(word));
  return telling.length > 0 && telling.every((word) => parts.includes(word));
}

function isFlat(door: LineDoor, words: readonly string[]): boolean {
  const said = words.filter((word) => !SMALL.includes(word)).join('');
  const floor = floorOf(door.floor);
  const floors =
    floor === undefined
      ? [fold(door.floor ?? '')]
      : [String(floor), `${floor}e`, `${floor}eme`, ...(floor === 0 ? ['rdc'] : [])];
  const flat = fold(door.flat ?? '').replaceAll(' ', '');
  const names = [flat, ...floors, ...floors.map((one) => one + flat)];
  return said !== '' && names.includes(said);
}

function numberOf({ number }: LineDoor): string | undefined {
  const digits = /^\d+/.exec(number?.trim() ?? '')?.[0];
  return digits === undefined ? undefined : String(Number(digits));
}
