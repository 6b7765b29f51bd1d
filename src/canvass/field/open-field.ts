import type { Json } from '../../engine/json.js';
import { isGiven } from '../../supporters/consents-in-force.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { DoorRow, Doors } from '../doors.js';
import { oweNews } from '../outing-news.js';
import { outingOf } from '../outing.js';
import { changeTurf } from '../turf/change-turf.js';
import { lastResults, standAsVisited } from '../turf/stand-as-visited.js';
import type { TurfRow, Turfs } from '../turfs.js';
import type { VisitRow, Visits } from '../visits.js';
import type { LinkDesk } from './link-desk.js';
import type { LineEntry } from './read-lines.js';
import { forgetPlaces, stoodAt } from './stand.js';
import { withDoor } from './walk-turf.js';

export const LONGEST_NOTE = 500;

/** One act of a canvasser. */
export type FieldAct = {
  readonly supporter: string;
  /** Unique; doing it twice under one key changes nothing more. */
  readonly key: string;
  readonly with: { readonly [name: string]: Json };
  readonly at?: Date;
};
/** What an act answers. */
export type Given = { readonly [name: string]: Json };
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
  /** Links to chats of their own, for those who open the door. */
  readonly links: Pick<LinkDesk, 'make' | 'wentOn'>;
  /** Where the code of a link is shown. */
  codePage(payload: string): string;
  now(): number;
};

/** Somebody who canvasses, under every id they had. */
export type Canvasser = {
  readonly id: string;
  readonly ids: readonly string[];
  readonly language: string;
};

/** What every act of canvassers works with; each throws when it cannot be done. */
export type Field = ReturnType<typeof createField>;

/** Opens the field: who walks which turf, and what is kept of it. */
export function createField(options: FieldDeskOptions) {
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

  const change = (id: string, next: Parameters<typeof changeTurf>[2], known?: TurfRow) =>
    changeTurf(
      turfs,
      id,
      async (turf) => {
        const made = await next(turf);
        return made === undefined || made === turf ? made : forgetPlaces(made, now());
      },
      () => new Date(now()),
      known,
    );

  /** Makes doors of a turf stand as the visits that count have it. */
  async function settle(
    id: string,
    ids: readonly string[],
    { known, outing }: { readonly known?: TurfRow; readonly outing?: string } = {},
  ): Promise<TurfRow | undefined> {
    const set = new Set(ids);
    return change(
      id,
      async (turf) => {
        const stood = standAsVisited(turf, set, await lastResults(visits, id, set));
        return outing === undefined ? stood : oweNews(stood, outing);
      },
      known,
    );
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
    const outing = outingOf(canvasser.id, turf._id, at);
    const from = stoodAt(turf, canvasser.ids, at);
    const invited = entries
      .map(({ door }) => door)
      .filter((id) => turf.doors.some(({ door, invited: was }) => door === id && was === true));
    const wentOn = invited.length === 0 ? undefined : await options.links.wentOn(invited);
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
        ...(from === undefined ? {} : { from }),
        ...(wentOn?.has(door) === true ? { went_on: true as const } : {}),
        outing,
      };
    });
    await visits.table.insertMissing(rows);
    const done = rows.map(({ door }) => door);
    const counting = await visits.table.find({ door: { $in: done }, undone_at: null });
    // Repeated after it was undone, it changes nothing.
    if (counting.some((one) => one.act === act.key)) {
      // A later report of the same outing corrects an earlier one, which counts no more.
      const outings = canvasser.ids.map((id) => outingOf(id, turf._id, at));
      const earlier = counting.filter(
        (one) =>
          one.act !== act.key && outings.includes(one.outing) && one.received_at.getTime() <= now(),
      );
      if (earlier.length > 0) {
        await visits.table.set(
          { _id: { $in: earlier.map(({ _id }) => _id) }, undone_at: null },
          { undone_at: new Date(now()), undone_by: act.key },
        );
      }
    }
    return (await settle(turf._id, done, { known: turf, outing })) ?? turf;
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

  return { find, mine, mustBeMine, change, settle, rowsOf, keep, addNote };
}
