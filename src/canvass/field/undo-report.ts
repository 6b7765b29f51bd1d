import { letGo } from '../turf/release-turf.js';
import type { VisitRow } from '../visits.js';
import { addressOf } from './address-of.js';
import type { Field, FieldAct, FieldDeskOptions, Given } from './open-field.js';
import { withDoor } from './walk-turf.js';

/** What was reported longer ago than this is for staff to mend. */
export const UNDONE_WITHIN_MS = 86_400_000;

/** Takes back what canvassers reported. */
export function createUndo(
  { doors, visits, now }: FieldDeskOptions,
  { find, settle, change }: Field,
): (act: FieldAct) => Promise<Given> {
  async function latest(ids: readonly string[], since: Date): Promise<VisitRow | undefined> {
    const rows = await visits.table.find(
      { canvasser: { $in: [...ids] }, at: { $gt: since }, undone_at: null },
      { sort: { at: -1 }, limit: 200 },
    );
    return rows.toSorted(
      (one, other) => other.received_at.getTime() - one.received_at.getTime(),
    )[0];
  }

  /** `canvass.undo`: takes back what the last act reported; the door is the next again. */
  async function undo(act: FieldAct): Promise<Given> {
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
          by !== undefined && ids.includes(by) ? withDoor(row, door, letGo) : row,
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
  }

  return undo;
}
