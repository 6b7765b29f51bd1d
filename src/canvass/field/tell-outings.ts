import type { Reach, SupporterRecord } from '../../supporters/record.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { StartFlow } from '../../supporters/start-flow.js';
import { summariseOuting, type OutingSummary } from '../live/summarise-outing.js';
import { changeNews, type OutingNews } from '../outing-news.js';
import { changeTurf } from '../turf/change-turf.js';
import type { TurfRow, Turfs } from '../turfs.js';
import type { Visits } from '../visits.js';
import type { FieldAct, Given } from './open-field.js';
import { leftOf } from './walk-turf.js';

/** The flow that tells the leader of a turf what an outing on it came to. */
export const OUTING_FLOW = 'canvass-news';

/** So long after the last that was done on a turf, whoever walked it went home. */
const QUIET_MS = 3_600_000;
/** A flow that did not ask by then what there is to tell is started again. */
const AGAIN_MS = 60_000;
/** Turfs looked at in one go. */
const MOST = 100;

export type TellOutingsOptions = {
  readonly turfs: Pick<Turfs, 'table'>;
  readonly visits: Pick<Visits, 'table'>;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Asks consent, channels and the calendar, all as they are now. */
  mayTell(
    record: SupporterRecord,
  ): Promise<
    | { readonly type: 'reach'; readonly reach: Reach }
    | { readonly type: 'wait' }
    | { readonly type: 'none' }
  >;
  /** Starts the flow for somebody, once only under an id. */
  readonly startFlow: StartFlow;
  report(error: unknown): void;
  now(): number;
};

/** Tells leaders of turfs, once for each outing, what it came to: when the turf is done, or quiet for an hour. */
export function createTellOutings(options: TellOutingsOptions) {
  const { turfs, visits, find, now } = options;

  const set = (turf: TurfRow, outing: string, more: Omit<OutingNews, 'outing'>) =>
    // When it was last walked stays as it is.
    changeTurf(
      turfs,
      turf._id,
      (row) => changeNews(row, outing, more),
      () => turf.at,
    );

  async function summaryOf(outing: string): Promise<OutingSummary | undefined> {
    return summariseOuting(await visits.table.find({ outing }));
  }

  async function tellOne(turf: TurfRow): Promise<void> {
    const next = turf.news?.find(
      ({ told_by: by, sent }) =>
        by === undefined && (sent === undefined || sent.getTime() + AGAIN_MS <= now()),
    );
    if (next === undefined) return;
    const { outing } = next;
    const nobody = { told_by: 'nobody' };
    const leader = turf.leader === undefined ? undefined : await find(turf.leader);
    const summary = await summaryOf(outing);
    const isTheirs =
      leader !== undefined &&
      summary !== undefined &&
      identitiesOf(leader).includes(summary.canvasser);
    if (leader === undefined || leader.erasing !== undefined || summary === undefined || isTheirs) {
      await set(turf, outing, nobody);
      return;
    }
    const answer = await options.mayTell(leader);
    if (answer.type === 'wait') return;
    if (answer.type === 'none') {
      await set(turf, outing, nobody);
      return;
    }
    await set(turf, outing, { sent: new Date(now()) });
    const started = await options.startFlow(
      leader._id,
      OUTING_FLOW,
      `outing ${outing}`,
      answer.reach,
    );
    // Their flow ran before, and did not ask: there is nothing more to be done.
    if (started === 'repeated' || started === undefined) await set(turf, outing, nobody);
  }

  return {
    /** Tells what is due. */
    async tellDue(): Promise<void> {
      const isOver = [{ state: 'done' }, { at: { $lte: new Date(now() - QUIET_MS) } }];
      const due = await turfs.table.find({ untold: true, $or: isOver }, { limit: MOST });
      for (const turf of due) await tellOne(turf).catch(options.report);
    },

    /** `canvass.outing_news`: for a leader, what an outing came to of which they were not told yet. */
    async outingNews({ supporter, key }: FieldAct): Promise<Given> {
      const record = await find(supporter);
      const ids = record === undefined ? [] : identitiesOf(record);
      const led = await turfs.table.find({ leader: { $in: [...ids] } });
      const all = led.flatMap((turf) => (turf.news ?? []).map((one) => ({ turf, ...one })));
      // Asked again after a crash, it is the same.
      const next =
        all.find(({ told_by: by }) => by === key) ??
        all.find(({ told_by: by, sent }) => by === undefined && sent !== undefined);
      if (next === undefined) throw new Error('There is no news of an outing.');
      const { turf, outing } = next;
      const summary = await summaryOf(outing);
      await set(turf, outing, { told_by: key });
      if (summary === undefined) throw new Error('The outing counts no more.');
      const who = await find(summary.canvasser);
      const { doors, minutes, figures } = summary;
      return {
        turf: turf.name,
        doors,
        minutes,
        talked: figures.results.canvassed ?? 0,
        supporters: figures.supporters,
        left: leftOf(turf),
        ...(who?.first_name === undefined ? {} : { name: who.first_name }),
      };
    },
  };
}
