import { Permit } from '../../engine/calendar/permit.js';
import { territoryOf } from '../../engine/calendar/territory-of.js';
import type { Campaign } from '../../engine/campaign.js';
import type { Purpose } from '../../engine/flow.js';
import { identitiesOf } from '../../supporters/identities.js';
import { viewSupporter } from '../../supporters/profile.js';
import type { Reach, SupporterRecord } from '../../supporters/record.js';
import type { StartFlow } from '../../supporters/start-flow.js';
import type { DonationNewsRow, Donations } from '../book/donations.js';

/** The flow that tells one thing at a time, and asks what follows from it. */
export const DONATION_NEWS_FLOW = 'donation-news';

const MOST = 100;
/** What was begun and not finished is begun again, under the same id. */
const AGAIN_MS = 5_000;
/** How often it is looked whether the team is done with the conversation. */
const TEAM_MS = 600_000;
/** Two things are told one after the other. */
const NEXT_MS = 5_000;

/** Where somebody may be told of something: a place, or for the time being nowhere, or not at all. */
export type Way =
  | { readonly type: 'at'; readonly reach: Reach }
  | { readonly type: 'later' }
  | { readonly type: 'nowhere'; readonly optedOut: boolean };

export type TellOptions = {
  readonly tables: Donations;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Where somebody may be written to for a purpose, `preferred` first if that still is theirs. */
  way(record: SupporterRecord, purpose: Purpose, preferred: Reach | undefined): Promise<Way>;
  campaign(): Campaign;
  /** Starts a flow for somebody; with an id, once only. */
  readonly startFlow: StartFlow;
  /** A pledge cannot be reminded of any more, for its supporter does not want to hear of it. */
  optedOut(pledge: string): Promise<void>;
  report(error: unknown): void;
  now(): number;
};

export type Telling = {
  /** Tells what is due; answers how many things were looked at. */
  tellDue(): Promise<number>;
  /** Tells one thing at once, if it may be. */
  tell(id: string): Promise<void>;
  /** What the flow that was started for somebody has to tell; the same for the same act. */
  latest(ids: readonly string[], key: string): Promise<DonationNewsRow | undefined>;
};

/** Makes what tells donors what became of their gifts and pledges: each thing once, whatever is killed. */
export function createTelling(options: TellOptions): Telling {
  const { tables, campaign, now } = options;
  const { news } = tables;

  async function move(row: DonationNewsRow, next: Partial<DonationNewsRow>): Promise<boolean> {
    const { state, due } = row;
    return news.replaceIf({ state, due }, { ...row, ...next });
  }

  async function tell(row: DonationNewsRow): Promise<void> {
    const drop = async (): Promise<void> => void (await move(row, { state: 'dropped' }));
    const put = async (until: number): Promise<void> =>
      void (await move(row, { due: new Date(until) }));
    const record = await options.find(row.supporter);
    if (record === undefined || record.erasing !== undefined) return drop();
    if (record.handoff !== undefined) return put(now() + TEAM_MS);
    if (await isBusy(row, identitiesOf(record))) return put(now() + NEXT_MS);
    const isReminder = row.kind === 'pledge';
    const territory = territoryOf(campaign().country, viewSupporter(record).profile);
    // What follows from what they just did is an answer; a reminder is not.
    const leaving = {
      way: isReminder ? 'message' : 'reply',
      content: 'campaign',
      territory,
    } as const;
    const permit = Permit.ask(campaign().calendar, leaving, now());
    if (permit.type === 'refused') return put(permit.until);
    const way = await options.way(record, isReminder ? 'donation' : 'service', row.reach);
    if (way.type === 'later') return put(now() + TEAM_MS);
    if (way.type === 'nowhere') {
      if (row.pledge !== undefined && way.optedOut) await options.optedOut(row.pledge);
      return drop();
    }
    const begun = { ...row, state: 'starting', due: new Date(now() + AGAIN_MS) } as const;
    if (!(await move(row, begun))) return;
    const id = `donation ${row._id}`;
    const taken = await options.startFlow(record._id, DONATION_NEWS_FLOW, id, way.reach);
    // Its flow may have asked for it meanwhile.
    if (taken === 'taken' || taken === 'repeated') {
      await news.set({ _id: row._id, state: 'starting' }, { state: 'started' });
    }
  }

  /** Another thing is being told just now. */
  async function isBusy({ _id }: DonationNewsRow, ids: readonly string[]): Promise<boolean> {
    const since = new Date(now());
    const others = await news.find({
      supporter: { $in: [...ids] },
      state: { $in: ['starting', 'started'] },
      key: { $exists: false },
      due: { $gt: since },
    });
    return others.some((other) => other._id !== _id);
  }

  return {
    async tellDue() {
      const due = { state: { $in: ['due', 'starting'] }, due: { $lte: new Date(now()) } };
      const rows = await news.find(due, { sort: { due: 1 }, limit: MOST });
      for (const row of rows) await tell(row).catch((error: unknown) => options.report(error));
      return rows.length;
    },
    async tell(id) {
      const row = await news.get(id);
      if (row?.state === 'due' && row.due.getTime() <= now()) await tell(row);
    },
    async latest(ids, key) {
      const own = { supporter: { $in: [...ids] }, state: { $in: ['starting', 'started'] } };
      const rows = await news.find(own, { sort: { due: -1 } });
      const known = rows.find((row) => row.key === key);
      if (known !== undefined) return known;
      const row = rows.find((one) => one.key === undefined);
      if (row === undefined) return undefined;
      const taken = await news.set({ _id: row._id, key: { $exists: false } }, { key });
      return taken === 1 ? { ...row, key } : undefined;
    },
  };
}
