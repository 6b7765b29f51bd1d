import { fold } from '../../engine/fold.js';
import type { Json } from '../../engine/json.js';
import { CANVASS_RESULTS, type CanvassResult } from '../canvass-result.js';
import type { DoorRow } from '../doors.js';
import { orderWalk } from '../route/order-walk.js';
import { letGo } from '../turf/release-turf.js';
import type { TurfRow } from '../turfs.js';
import { addressOf } from './address-of.js';
import type { Canvasser, Field, FieldAct, FieldDeskOptions, Given } from './open-field.js';
import { readLines, type LineEntry } from './read-lines.js';
import { stand } from './stand.js';

/** Doors named when shorthand is echoed; of more, the first ones and how many there are. */
const ECHOED = 12;
/** Wishes that are no result, folded: what can be wished for is offered. */
const OTHER_WISHES: readonly string[] = [
  'annuler',
  'annule',
  'undo',
  'cancel',
  'pause',
  'plus tard',
  'later',
  'passer',
  'skip',
  'menu',
  'autre chose',
];

/** Reads what canvassers write, send or share at a door. */
export function createReadAtDoor(
  options: FieldDeskOptions,
  { find, mustBeMine, change, rowsOf, addNote }: Field,
): (act: FieldAct) => Promise<Given> {
  /**
   * `canvass.read`: what a text, a place or a voice note at a door means: `result`, `doors` to be
   * confirmed, `unclear` with the part and why, `moved` when the walk begins anew from where they
   * stand, `noted` for a voice note or picture, else `words`.
   */
  async function readAtDoor(act: FieldAct): Promise<Given> {
    const canvasser = await find(act.supporter);
    const turf = await mustBeMine(canvasser);
    const { door: current, text } = act.with;
    const said = typeof text === 'string' ? text : '';
    const geo = /^geo:(-?[\d.]+),(-?[\d.]+)$/.exec(said);
    if (geo !== null) {
      const here = { lat: Number(geo[1]), lon: Number(geo[2]) };
      await rerouteFrom(canvasser, turf, here, act.at ?? new Date(options.now()));
      return { kind: 'moved', echo: '', count: 0, reading: '' };
    }
    if (OTHER_WISHES.includes(fold(said)))
      return { kind: 'other', echo: '', count: 0, reading: '' };
    const media = /^media:(\w+)$/.exec(said)?.[1];
    if (media !== undefined && typeof current === 'string') {
      // The file itself is kept with what the volunteer sent, under the same turn.
      const turn = act.key.slice(act.supporter.length + 1).split('.')[0] ?? '';
      await addNote(turf._id, current, `[${media} ${turn}]`);
      return { kind: 'noted', echo: '', count: 0, reading: '' };
    }
    const rows = await rowsOf(turf.doors.map(({ door }) => door));
    const known = turf.doors.flatMap(({ door }) => rows.get(door) ?? []);
    const read = readLines(
      said,
      known.map(({ _id: id, ...row }) => ({ id, ...row })),
    );
    const word = (key: string): string => options.word(canvasser.language, key);
    switch (read.type) {
      case 'words':
        return { kind: 'words', echo: said.slice(0, 200), count: 0, reading: '' };
      case 'unclear':
        return {
          kind: 'unclear',
          echo: `« ${read.part.slice(0, 80)} » : ${word(`unclear.${read.why}`)}`,
          count: 0,
          reading: '',
        };
      case 'result':
        return {
          kind: 'result',
          echo: word(`results.${read.result}`),
          count: 1,
          reading: read.result,
          ...(read.level === undefined ? {} : { level: read.level }),
        };
      case 'doors':
        return {
          kind: 'doors',
          echo: echoOf(read.entries, rows, word),
          count: read.entries.length,
          reading: JSON.stringify(read.entries),
        };
      default:
        return read satisfies never;
    }
  }

  /** The doors that are still to do, ordered anew from where somebody stands, which is kept for some minutes. */
  async function rerouteFrom(
    canvasser: Canvasser,
    turf: TurfRow,
    here: { lat: number; lon: number },
    at: Date,
  ): Promise<void> {
    const { ids } = canvasser;
    const rows = await rowsOf(turf.doors.map(({ door }) => door));
    await change(turf._id, (row) => {
      const isMine = (by: string | undefined): boolean => by !== undefined && ids.includes(by);
      const open = row.doors.filter(
        ({ result, held_by: by }) => result === undefined && (by === undefined || isMine(by)),
      );
      const others = row.doors.filter((door) => !open.includes(door));
      const byId = new Map(open.map((door) => [door.door, letGo(door)]));
      const walk = orderWalk(
        open.flatMap(({ door }) => rows.get(door) ?? []),
        { start: here },
      );
      const known = walk.doors.flatMap(({ _id }) => byId.get(_id) ?? []);
      const missing = open.filter(({ door }) => !rows.has(door));
      return stand({ ...row, doors: [...others, ...known, ...missing] }, canvasser, here, at);
    });
  }

  return readAtDoor;
}

function echoOf(
  entries: readonly LineEntry[],
  rows: ReadonlyMap<string, DoorRow>,
  word: (key: string) => string,
): string {
  const lines = entries.slice(0, ECHOED).map(({ door, result, level }) => {
    const row = rows.get(door);
    const what = `${word(`results.${result}`)}${level === undefined ? '' : ` (${level})`}`;
    return `${row === undefined ? door : addressOf(row)} → ${what}`;
  });
  return [...lines, ...(entries.length > ECHOED ? [`… (${entries.length})`] : [])].join('\n');
}

/** What `canvass.read` wrote, and nothing else. */
export function entriesOf(reading: Json | undefined): LineEntry[] {
  const parsed: unknown = typeof reading === 'string' && reading !== '' ? JSON.parse(reading) : [];
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('door' in one) || !('result' in one))
      return [];
    const result: CanvassResult | undefined = CANVASS_RESULTS.find((known) => known === one.result);
    const level =
      'level' in one ? ([1, 2, 3, 4, 5] as const).find((known) => known === one.level) : undefined;
    if (typeof one.door !== 'string' || result === undefined) return [];
    return [{ door: one.door, result, ...(level === undefined ? {} : { level }) }];
  });
}
