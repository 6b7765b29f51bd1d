import { identitiesOf } from '../../supporters/identities.js';
import { CANVASS_RESULTS } from '../canvass-result.js';
import { letGo } from '../turf/release-turf.js';
import type { TurfRow } from '../turfs.js';
import { addressOf, mapLink } from './address-of.js';
import { createCallForHelp } from './call-for-help.js';
import {
  createField,
  LONGEST_NOTE,
  type Canvasser,
  type FieldAct,
  type FieldDeskOptions,
  type Given,
} from './open-field.js';
import { createReadAtDoor, entriesOf } from './read-at-door.js';
import { createUndo, UNDONE_WITHIN_MS } from './undo-report.js';
import { forgetPlaceOf, isMoving, stand } from './stand.js';
import { leftOf, putOff, sendTo, withDoor } from './walk-turf.js';

/** Times that free turfs are looked for anew, when others take them at the same moment. */
const ATTEMPTS = 60;
/** Free turfs among which one is chosen, so that many who ask at once do not all want the same. */
const OFFERED = 8;

/** What canvassers do by chat; each act may be repeated under its key, and throws when it cannot be done. */
export function createFieldDesk(options: FieldDeskOptions) {
  const { doors, turfs, visits, now } = options;
  const field = createField(options);
  const { find, mine, mustBeMine, change, keep, addNote } = field;

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
    /** `canvass.undo`: takes back what the last act reported; the door is the next again. */
    undo: createUndo(options, field),
    /** `canvass.read`: what a text, a place or a voice note at a door means. */
    read: createReadAtDoor(options, field),
    ...createCallForHelp(options, field),

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
      const held = await change(
        turf._id,
        (row) => {
          const sent = sendTo(row, canvasser, now());
          door = sent?.door;
          return sent?.turf;
        },
        turf,
      );
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

    /** `canvass.invite`: a link for whoever is at the door, to go on in a chat of their own. */
    async invite(act: FieldAct): Promise<Given> {
      const turf = await mustBeMine(await find(act.supporter));
      const { door } = act.with;
      if (typeof door !== 'string' || !turf.doors.some((one) => one.door === door)) {
        throw new Error('The door is in no turf of theirs.');
      }
      await change(turf._id, (row) => withDoor(row, door, (one) => ({ ...one, invited: true })));
      return { url: options.codePage(await options.links.make(door, act.key)) };
    },

    /** `canvass.pause`: the door one was sent to is free for others, and where they stand is forgotten; the turf stays theirs. */
    async pause({ supporter }: FieldAct): Promise<Given> {
      const canvasser = await find(supporter);
      const turf = await mine(canvasser);
      if (turf === undefined) return { left: 0 };
      const { ids } = canvasser;
      const after = await change(turf._id, (row) => ({
        ...forgetPlaceOf(row, ids),
        doors: row.doors.map((door) =>
          door.held_by !== undefined && ids.includes(door.held_by) ? letGo(door) : door,
        ),
      }));
      return { left: leftOf(after ?? turf) };
    },

    /** Where somebody is now who shared it live: it holds on, as long as it held until now. */
    async moved(supporter: string, place: { readonly lat: number; readonly lon: number }) {
      const record = await options.find(supporter);
      if (record === undefined) return;
      const canvasser = { id: record._id, ids: identitiesOf(record), language: record.language };
      const turf = await mine(canvasser);
      const at = new Date(now());
      if (turf === undefined || !isMoving(turf, canvasser.ids, at)) return;
      await change(
        turf._id,
        (row) => (isMoving(row, canvasser.ids, at) ? stand(row, canvasser, place, at) : undefined),
        turf,
      );
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
}

function isHeldHere({ doors }: TurfRow, door: string): boolean {
  return doors.some(
    (one) => one.door === door && one.result === undefined && one.held_by !== undefined,
  );
}
