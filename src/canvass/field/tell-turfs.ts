import { identitiesOf } from '../../supporters/identities.js';
import { changeTurf } from '../turf/change-turf.js';
import { changeNotice, holds, type TurfNotice } from '../turf-notices.js';
import type { TurfRow } from '../turfs.js';
import type { FieldAct, Given } from './open-field.js';
import type { TellOutingsOptions } from './tell-outings.js';
import { leftOf } from './walk-turf.js';

/** The flow that tells a volunteer of a turf that staff keep for them, or took back. */
export const TURF_FLOW = 'canvass-turf';

/** A flow that did not ask by then what there is to tell is started again. */
const AGAIN_MS = 60_000;
/** Turfs looked at in one go. */
const MOST = 100;

/** Tells volunteers of turfs, once each: one is kept for them, or theirs was taken back. */
export function createTellTurfs(options: Omit<TellOutingsOptions, 'visits'>) {
  const { turfs, find, now } = options;

  const set = (turf: TurfRow, notice: TurfNotice, more: Pick<TurfNotice, 'sent' | 'told_by'>) =>
    // When it was last walked stays as it is.
    changeTurf(
      turfs,
      turf._id,
      (row) => changeNotice(row, notice, more),
      () => turf.at,
    );

  async function tellOne(turf: TurfRow, notice: TurfNotice): Promise<void> {
    const { to, kind, of, sent } = notice;
    if (sent !== undefined && sent.getTime() + AGAIN_MS > now()) return;
    const record = await find(to);
    if (record === undefined || record.erasing !== undefined || !holds(turf, notice)) {
      await set(turf, notice, { told_by: 'nobody' });
      return;
    }
    const answer = await options.mayTell(record);
    if (answer.type === 'wait') return;
    if (answer.type === 'none') {
      await set(turf, notice, { told_by: 'nobody' });
      return;
    }
    await set(turf, notice, { sent: new Date(now()) });
    const id = `${kind} ${turf._id} ${of}`;
    const started = await options.startFlow(record._id, TURF_FLOW, id, answer.reach);
    // Their flow ran before, and did not ask: there is nothing more to be done.
    if (started === 'repeated' || started === undefined) {
      await set(turf, notice, { told_by: 'nobody' });
    }
  }

  return {
    /** Tells what is due. */
    async tellDue(): Promise<void> {
      for (const turf of await turfs.table.find({ notice_due: true }, { limit: MOST })) {
        for (const notice of turf.notices ?? []) {
          if (notice.told_by === undefined) await tellOne(turf, notice).catch(options.report);
        }
      }
    },

    /** `canvass.turf_news`: for a volunteer, a turf that is kept for them or was taken back. */
    async turfNews({ supporter, key }: FieldAct): Promise<Given> {
      const record = await find(supporter);
      const ids = record === undefined ? [] : identitiesOf(record);
      const known = await turfs.table.find({ 'notices.to': { $in: [...ids] } });
      const all = known.flatMap((turf) =>
        (turf.notices ?? [])
          .filter(({ to }) => ids.includes(to))
          .map((notice) => ({ turf, notice })),
      );
      // Asked again after a crash, it is the same.
      const next =
        all.find(({ notice }) => notice.told_by === key) ??
        all.find(({ notice: { told_by: by, sent } }) => by === undefined && sent !== undefined);
      if (next === undefined) throw new Error('There is no news of a turf.');
      const { turf, notice } = next;
      await set(turf, notice, { told_by: key });
      return { kind: notice.kind, turf: turf.name, doors: leftOf(turf) };
    },
  };
}
