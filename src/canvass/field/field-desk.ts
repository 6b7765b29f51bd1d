import { fold } from '../../engine/fold.js';
import type { Json } from '../../engine/json.js';
import { isGiven } from '../../supporters/consents-in-force.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { CANVASS_RESULTS, type CanvassResult } from '../canvass-result.js';
import type { DoorRow, Doors } from '../doors.js';
import { orderWalk } from '../route/order-walk.js';
import type { TurfDoor, TurfRow, Turfs } from '../turfs.js';
import type { VisitRow, Visits } from '../visits.js';
import { addressOf, mapLink } from './address-of.js';
import { readLines, type LineEntry } from './read-lines.js';
import { leftOf, putOff, sendTo, standAsVisited, withDoor } from './walk-turf.js';

/** Times that a turf is tried which another of its volunteers writes to at the same moment. */
const ATTEMPTS = 60;
/** Free turfs among which one is chosen, so that many who ask at once do not all want the same. */
const OFFERED = 8;
/** Doors named when shorthand is echoed; of more, the first ones and how many there are. */
const ECHOED = 12;
/** What was reported longer ago than this is for staff to mend. */
const UNDONE_WITHIN_MS = 86_400_000;
const LONGEST_NOTE = 500;
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

export type FieldAct = {
  readonly supporter: string;
  /** Unique; doing it twice under one key changes nothing more. */
  readonly key: string;
  readonly with: { readonly [name: string]: Json };
  readonly at?: Date;
};
type Given = { readonly [name: string]: Json };
/** Whether the campaign lets somebody canvass: as staff said, or `asked` while they have not. */
export type Approval = 'approved' | 'asked' | 'declined';

export type FieldDeskOptions = {
  readonly doors: Pick<Doors, 'table'>;
  readonly turfs: Pick<Turfs, 'table'>;
  readonly visits: Pick<Visits, 'table'>;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Asks the team for approval where nobody has said anything yet. */
  approval(record: SupporterRecord): Promise<Approval>;
  /** `canvass.<key>` of the words of all flows in a language. */
  word(language: string, key: string): string;
  /** Tells the leader of a turf that somebody on it needs help. */
  tellLeader(turf: TurfRow, key: string): Promise<void>;
  now(): number;
};

type Canvasser = {
  readonly id: string;
  readonly ids: readonly string[];
  readonly language: string;
};

/** What canvassers do by chat; each act may be repeated under its key, and throws when it cannot be done. */
export function createFieldDesk(options: FieldDeskOptions) {
  const { doors, turfs, visits, now } = options;

  async function find(supporter: string): Promise<Canvasser & { record: SupporterRecord }> {
    const record = await options.find(supporter);
    if (record === undefined) throw new Error('There is no such supporter.');
    if (!isGiven(record.consents, 'canvassing')) throw new Error('Nobody agreed to it.');
    return { id: record._id, ids: identitiesOf(record), language: record.language, record };
  }

  async function mine({ ids }: Canvasser): Promise<TurfRow | undefined> {
    const canvassers = { $in: [...ids] };
    const found = await turfs.table.find(
      { canvassers, state: 'walked' },
      { sort: { at: -1 }, limit: 1 },
    );
    return found[0];
  }

  async function mustBeMine(canvasser: Canvasser): Promise<TurfRow> {
    const turf = await mine(canvasser);
    if (turf === undefined) throw new Error('They walk no turf.');
    return turf;
  }

  /** Writes a change of a turf, made again of what stands there when somebody else was quicker. */
  async function change(
    id: string,
    next: (turf: TurfRow) => TurfRow | undefined | Promise<TurfRow | undefined>,
  ): Promise<TurfRow | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const turf = await turfs.table.get(id);
      if (turf === undefined) return undefined;
      const made = await next(turf);
      if (made === undefined || made === turf) return turf;
      const row = { ...made, revision: turf.revision + 1, at: new Date(now()) };
      if (await turfs.table.replaceIf({ revision: turf.revision }, row)) return row;
    }
    throw new Error('Too many writers at once for one turf.');
  }

  /** Makes doors of a turf stand as the visits that count have it. */
  async function settle(id: string, ids: readonly string[]): Promise<TurfRow | undefined> {
    const set = new Set(ids);
    return change(id, async (turf) => {
      const query = { turf: id, door: { $in: [...set] }, undone_at: null };
      const counting = await visits.table.find(query, { sort: { at: 1 } });
      return standAsVisited(turf, set, new Map(counting.map(({ door, result }) => [door, result])));
    });
  }

  async function rowsOf(ids: readonly string[]): Promise<Map<string, DoorRow>> {
    const rows = await doors.table.find({ _id: { $in: [...ids] } });
    return new Map(rows.map((row) => [row._id, row]));
  }

  /** Keeps reports of one act, puts them in the place of earlier ones of the same outing, and settles the turf. */
  async function keep(
    canvasser: Canvasser,
    turf: TurfRow,
    act: FieldAct,
    entries: readonly (Omit<LineEntry, 'level'> & Pick<VisitRow, 'support_level' | 'note'>)[],
  ): Promise<TurfRow> {
    const at = act.at ?? new Date(now());
    const outing = `${canvasser.id}:${turf._id}:${at.toISOString().slice(0, 10)}`;
    const rows = entries.map(({ door, result, support_level: level, note }): VisitRow => {
      const noted = [turf.doors.find((one) => one.door === door)?.note, note].filter(
        (part) => part !== undefined,
      );
      return {
        _id: `${act.key}:${door}`,
        act: act.key,
        door,
        turf: turf._id,
        canvasser: canvasser.id,
        result,
        ...(level === undefined || result !== 'canvassed' ? {} : { support_level: level }),
        ...(noted.length === 0 ? {} : { note: noted.join('\n') }),
        at,
        received_at: new Date(now()),
        outing,
      };
    });
    await visits.table.insertMissing(rows);
    const done = rows.map(({ door }) => door);
    // A later report of the same outing corrects an earlier one, which counts no more.
    const earlier = { outing, door: { $in: done }, act: { $ne: act.key }, undone_at: null };
    const kept = await visits.table.count({ act: act.key, undone_at: null });
    // Repeated after it was undone, it changes nothing.
    if (kept > 0) {
      await visits.table.set(
        { ...earlier, received_at: { $lte: new Date(now()) } },
        { undone_at: new Date(now()), undone_by: act.key },
      );
    }
    return (await settle(turf._id, done)) ?? turf;
  }

  async function takeOne(
    { id, ids }: Canvasser,
    query: { readonly [field: string]: unknown },
  ): Promise<TurfRow | undefined> {
    const offered = await turfs.table.find(query, { sort: { rank: 1 }, limit: OFFERED });
    // Who asks at the same moment begins elsewhere among them, if they are many.
    const from = offered.length < OFFERED ? 0 : Number.parseInt(id.slice(-4), 36) % OFFERED || 0;
    for (const turf of [...offered.slice(from), ...offered.slice(0, from)]) {
      const { reserved_for: reserved, ...rest } = turf;
      const isMeant = reserved === undefined || ids.includes(reserved);
      if (!isMeant || leftOf(turf) === 0) continue;
      const canvassers = [...turf.canvassers.filter((one) => !ids.includes(one)), id];
      const row: TurfRow = {
        ...rest,
        canvassers,
        state: 'walked',
        revision: turf.revision + 1,
        at: new Date(now()),
      };
      if (await turfs.table.replaceIf({ revision: turf.revision }, row)) return row;
    }
    return undefined;
  }

  const given = (turf: TurfRow): Given => ({ state: 'given', turf: turf.name, left: leftOf(turf) });

  return {
    /** `canvass.take_turf`: the turf under way, one kept for them, else the first that is free. */
    async takeTurf({ supporter }: FieldAct): Promise<Given> {
      const canvasser = await find(supporter);
      const known = await mine(canvasser);
      if (known !== undefined) return given(known);
      const kept = await takeOne(canvasser, {
        reserved_for: { $in: [...canvasser.ids] },
        state: { $in: ['free', 'walked'] },
      });
      if (kept !== undefined) return given(kept);
      // A turf that staff kept for somebody is their approval.
      const approval = await options.approval(canvasser.record);
      if (approval !== 'approved') return { state: approval, turf: '', left: 0 };
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const free = { state: 'free', reserved_for: null };
        const turf = await takeOne(canvasser, free);
        if (turf !== undefined) return given(turf);
        if ((await turfs.table.count(free)) === 0) break;
      }
      return { state: 'none', turf: '', left: 0 };
    },

    /** `canvass.next_door`: where they go now; without a door when nothing is left for them. */
    async nextDoor({ supporter }: FieldAct): Promise<Given> {
      const canvasser = await find(supporter);
      const turf = await mine(canvasser);
      if (turf === undefined) return { left: 0 };
      let door: string | undefined;
      const held = await change(turf._id, (row) => {
        const sent = sendTo(row, canvasser, now());
        door = sent?.door;
        return sent?.turf;
      });
      const row = door === undefined ? undefined : await doors.table.get(door);
      if (door === undefined || row === undefined) return { left: 0 };
      return {
        door,
        address: addressOf(row),
        map: mapLink(row),
        left: leftOf(held ?? turf),
        ...(row.note === undefined ? {} : { note: row.note }),
      };
    },

    /** `canvass.report`: what happened at a door. */
    async report(act: FieldAct): Promise<Given> {
      const canvasser = await find(act.supporter);
      const { door, result, support_level: level, note } = act.with;
      const known = CANVASS_RESULTS.find((one) => one === result);
      if (typeof door !== 'string' || known === undefined) throw new Error('No such result.');
      const turf = await turfOf(canvasser, door);
      const levels = [1, 2, 3, 4, 5] as const;
      const support_level = levels.find((one) => one === level);
      const kept = await keep(canvasser, turf, act, [
        {
          door,
          result: known,
          ...(support_level === undefined ? {} : { support_level }),
          ...(typeof note === 'string' ? { note: note.slice(0, LONGEST_NOTE) } : {}),
        },
      ]);
      return { left: leftOf(kept) };
    },

    /** `canvass.undo`: takes back what the last act reported; the door is the next again. */
    async undo(act: FieldAct): Promise<Given> {
      const canvasser = await find(act.supporter);
      const { ids } = canvasser;
      const since = new Date(now() - UNDONE_WITHIN_MS);
      const before = await visits.table.find({
        canvasser: { $in: [...ids] },
        undone_by: act.key,
        at: { $gt: since },
      });
      const last = before[0] ?? (await latest(ids, since));
      if (last === undefined) throw new Error('There is nothing to undo.');
      const acted = last.act ?? last._id;
      await visits.table.set(
        { $or: [{ act: acted }, { _id: acted }], undone_at: null },
        { undone_at: new Date(now()), undone_by: act.key },
      );
      // What it had put out of the way counts again.
      const covered = await visits.table.find({ canvasser: { $in: [...ids] }, undone_by: acted });
      for (const row of covered) {
        const { undone_at: _at, undone_by: _by, ...counting } = row;
        await visits.table.replaceIf({ undone_by: acted }, counting);
      }
      const undone = await visits.table.find({ canvasser: { $in: [...ids] }, act: acted });
      const gone = undone.length === 0 ? [last.door] : undone.map(({ door }) => door);
      await settle(last.turf, gone);
      await change(last.turf, (turf) => {
        const isOpen = turf.doors.some(
          ({ door, result }) => door === gone[0] && result === undefined,
        );
        if (!isOpen) return undefined;
        const free = turf.doors.reduce(
          (row, { door, held_by: by }) =>
            by !== undefined && ids.includes(by) ? withDoor(row, door, withoutHold) : row,
          turf,
        );
        const held = { held_by: canvasser.id, held_at: new Date(now()) };
        const canvassers = ids.some((one) => turf.canvassers.includes(one))
          ? turf.canvassers
          : [...turf.canvassers, canvasser.id];
        return {
          ...withDoor(free, gone[0] ?? '', (door) => ({ ...door, ...held })),
          canvassers,
          state: 'walked',
        };
      });
      const row = await doors.table.get(gone[0] ?? '');
      return { address: row === undefined ? '' : addressOf(row), doors: gone.length };
    },

    /** `canvass.skip`: this door later. */
    async skip(act: FieldAct): Promise<Given> {
      const turf = await mustBeMine(await find(act.supporter));
      const { door } = act.with;
      // Put off twice, it stays where it is: it may be held again by then.
      const after = await change(turf._id, (row) =>
        typeof door === 'string' && isHeldHere(row, door) ? putOff(row, door) : undefined,
      );
      return { left: leftOf(after ?? turf) };
    },

    /**
     * `canvass.read`: what a text, a place or a voice note at a door means: `result`, `doors` to be
     * confirmed, `unclear` with the part and why, `moved` when the walk begins anew from where they
     * stand, `noted` for a voice note or picture, else `words`.
     */
    async read(act: FieldAct): Promise<Given> {
      const canvasser = await find(act.supporter);
      const turf = await mustBeMine(canvasser);
      const { door: current, text } = act.with;
      const said = typeof text === 'string' ? text : '';
      const geo = /^geo:(-?[\d.]+),(-?[\d.]+)$/.exec(said);
      if (geo !== null) {
        await rerouteFrom(canvasser, turf, { lat: Number(geo[1]), lon: Number(geo[2]) });
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
    },

    /** `canvass.report_many`: keeps what shorthand said, once it was confirmed. */
    async reportMany(act: FieldAct): Promise<Given> {
      const canvasser = await find(act.supporter);
      const turf = await mustBeMineOrDone(canvasser, act.key);
      const here = new Set(turf.doors.map(({ door }) => door));
      const entries = entriesOf(act.with['reading']).filter(({ door }) => here.has(door));
      if (entries.length === 0) throw new Error('There is nothing to keep.');
      const kept = await keep(
        canvasser,
        turf,
        act,
        entries.map(({ level, ...entry }) => ({
          ...entry,
          ...(level === undefined ? {} : { support_level: level }),
        })),
      );
      return { left: leftOf(kept), count: entries.length };
    },

    /** `canvass.note`: a word about a door, kept with its visit. */
    async note(act: FieldAct): Promise<Given> {
      const turf = await mustBeMine(await find(act.supporter));
      const { door, text } = act.with;
      if (typeof door !== 'string' || typeof text !== 'string') throw new Error('No such note.');
      await addNote(turf._id, door, text.slice(0, LONGEST_NOTE));
      return { kept: true };
    },

    /** `canvass.pause`: the door one was sent to is free for others; the turf stays theirs. */
    async pause({ supporter }: FieldAct): Promise<Given> {
      const canvasser = await find(supporter);
      const turf = await mine(canvasser);
      if (turf === undefined) return { left: 0 };
      const { ids } = canvasser;
      const after = await change(turf._id, (row) => ({
        ...row,
        doors: row.doors.map((door) =>
          door.held_by !== undefined && ids.includes(door.held_by) ? withoutHold(door) : door,
        ),
      }));
      return { left: leftOf(after ?? turf) };
    },

    /** `canvass.call_help`: marks the turf, and tells its leader at once. */
    async callHelp(act: FieldAct): Promise<Given> {
      const record = await options.find(act.supporter);
      if (record === undefined) throw new Error('There is no such supporter.');
      const canvasser = { id: record._id, ids: identitiesOf(record), language: record.language };
      const turf = await mine(canvasser);
      if (turf === undefined) return { walking: false, told: false };
      const held = turf.doors.find(
        ({ held_by: by }) => by !== undefined && canvasser.ids.includes(by),
      );
      const help = {
        by: canvasser.id,
        at: new Date(now()),
        ...(held === undefined ? {} : { door: held.door }),
      };
      const after = await change(turf._id, (row) => ({ ...row, help }));
      if (after?.leader === undefined) return { walking: true, told: false };
      await options.tellLeader(after, act.key);
      return { walking: true, told: true };
    },

    /** `canvass.help_called`: for a leader, who called for help last on one of their turfs, and where. */
    async helpCalled({ supporter }: FieldAct): Promise<Given> {
      const record = await options.find(supporter);
      const ids = record === undefined ? [] : identitiesOf(record);
      const led = await turfs.table.find({ leader: { $in: [...ids] }, help: { $exists: true } });
      const [turf] = led.toSorted(
        (one, other) => (other.help?.at.getTime() ?? 0) - (one.help?.at.getTime() ?? 0),
      );
      if (turf?.help === undefined) throw new Error('Nobody called.');
      const door = turf.help.door === undefined ? undefined : await doors.table.get(turf.help.door);
      const who = await options.find(turf.help.by);
      return {
        turf: turf.name,
        map: mapLink(door ?? turf.centre),
        at: turf.help.at.toISOString(),
        ...(who?.first_name === undefined ? {} : { name: who.first_name }),
        ...(who?.phone === undefined ? {} : { phone: who.phone }),
        ...(door === undefined ? {} : { address: addressOf(door) }),
      };
    },

    /** `canvass.summary`: what they did today, in numbers. */
    async summary({ supporter }: FieldAct): Promise<Given> {
      const { ids } = await find(supporter);
      const since = new Date(now() - UNDONE_WITHIN_MS);
      const rows = await visits.table.find({
        canvasser: { $in: [...ids] },
        at: { $gt: since },
        undone_at: null,
      });
      const times = rows.map(({ at }) => at.getTime());
      const minutes =
        rows.length === 0 ? 0 : Math.round((Math.max(...times) - Math.min(...times)) / 60_000);
      return {
        doors: new Set(rows.map(({ door }) => door)).size,
        talked: rows.filter(({ result }) => result === 'canvassed').length,
        minutes,
      };
    },
  };

  async function latest(ids: readonly string[], since: Date): Promise<VisitRow | undefined> {
    const rows = await visits.table.find(
      { canvasser: { $in: [...ids] }, at: { $gt: since }, undone_at: null },
      { sort: { at: -1 }, limit: 200 },
    );
    return rows.toSorted(
      (one, other) => other.received_at.getTime() - one.received_at.getTime(),
    )[0];
  }

  /** The turf a report is for: theirs, or a late one's, from which they were released since. */
  async function turfOf(canvasser: Canvasser, door: string): Promise<TurfRow> {
    const own = await mine(canvasser);
    if (own?.doors.some((one) => one.door === door) === true) return own;
    const id = (await doors.table.get(door))?.turf;
    const turf = id === undefined ? undefined : await turfs.table.get(id);
    const isTheirs = turf?.canvassers.some((one) => canvasser.ids.includes(one)) === true;
    if (
      turf === undefined ||
      (!isTheirs && (await options.approval((await find(canvasser.id)).record)) !== 'approved')
    ) {
      throw new Error('The door is in no turf of theirs.');
    }
    return turf;
  }

  /** Theirs; or, of an act that is repeated, the one that it finished. */
  async function mustBeMineOrDone(canvasser: Canvasser, act: string): Promise<TurfRow> {
    const [before] = await visits.table.find(
      { canvasser: { $in: [...canvasser.ids] }, act },
      { limit: 1 },
    );
    const turf = before === undefined ? undefined : await turfs.table.get(before.turf);
    return turf ?? mustBeMine(canvasser);
  }

  async function addNote(turf: string, door: string, note: string): Promise<void> {
    await change(turf, (row) =>
      withDoor(row, door, (one) => {
        const lines = one.note?.split('\n') ?? [];
        // Said again under the same act, it is there once.
        return lines.includes(note)
          ? one
          : { ...one, note: [...lines, note].join('\n').slice(0, LONGEST_NOTE) };
      }),
    );
  }

  /** The doors that are still to do, ordered anew from where somebody stands. */
  async function rerouteFrom(
    { ids }: Canvasser,
    turf: TurfRow,
    here: { lat: number; lon: number },
  ): Promise<void> {
    const rows = await rowsOf(turf.doors.map(({ door }) => door));
    await change(turf._id, (row) => {
      const isMine = (by: string | undefined): boolean => by !== undefined && ids.includes(by);
      const open = row.doors.filter(
        ({ result, held_by: by }) => result === undefined && (by === undefined || isMine(by)),
      );
      const others = row.doors.filter((door) => !open.includes(door));
      const byId = new Map(open.map((door) => [door.door, withoutHold(door)]));
      const walk = orderWalk(
        open.flatMap(({ door }) => rows.get(door) ?? []),
        { start: here },
      );
      const known = walk.doors.flatMap(({ _id }) => byId.get(_id) ?? []);
      const missing = open.filter(({ door }) => !rows.has(door));
      return { ...row, doors: [...others, ...known, ...missing] };
    });
  }
}

function withoutHold({ held_by: _by, held_at: _at, ...door }: TurfDoor): TurfDoor {
  return door;
}

function isHeldHere({ doors }: TurfRow, door: string): boolean {
  return doors.some(
    (one) => one.door === door && one.result === undefined && one.held_by !== undefined,
  );
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
function entriesOf(reading: Json | undefined): LineEntry[] {
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
