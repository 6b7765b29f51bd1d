import type { Campaign } from '../../engine/campaign.js';
import { instantOf, isDate } from '../../engine/parse/instant.js';
import { isGiven } from '../../supporters/consents-in-force.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { Reach, SupporterRecord } from '../../supporters/record.js';
import type { Book } from '../book/book.js';
import { standingOf } from '../book/donation.js';
import type { DonationNewsRow, Donations, PledgeRow } from '../book/donations.js';
import type { Asked, Given } from '../checkout/prompt.js';
import { closedBy, leftToGive, LEAST_CENTS } from '../rules/decide-donation.js';
import type { DonationRules } from '../rules/donation-rules.js';
import { monthsAfter } from '../rules/days.js';
import { planPledge } from '../rules/plan-pledge.js';

/** The time of day, on the campaign's clocks, at which a pledge is reminded of. */
const REMINDED_AT = '10:00';
const BATCH = 100;

export type PledgesOptions = {
  readonly tables: Donations;
  readonly book: Book;
  find(supporter: string): Promise<SupporterRecord | undefined>;
  giver(record: SupporterRecord, reach: Reach): Promise<string>;
  campaign(): Campaign;
  /** The rules of a gift now; undefined when nobody may take any. */
  rules(): DonationRules | undefined;
  newId(): string;
  report(error: unknown): void;
  now(): number;
};

/**
 * Keeps pledges, and reminds of them. A monthly one is a reminder every month and never a standing order:
 * every gift is declared and checked for itself, nothing goes on being charged when the ceiling is reached
 * or gifts are over, and nothing has to be cancelled at the gateway.
 */
export function createPledges(options: PledgesOptions) {
  const { tables, book, campaign, now } = options;
  const { pledges, news } = tables;
  const dueOn = (day: string): Date => new Date(instantOf(day, REMINDED_AT, campaign().timezone));
  const today = (): string => dayAt(now(), campaign().timezone);

  /** What is left to give, and the last day on which gifts are taken. */
  async function boundsOf(
    supporter: string,
    rules: DonationRules,
  ): Promise<{ readonly left: number | undefined; readonly lastDay: string | undefined }> {
    const left = await book.change(supporter, rules.election, ({ rows }) => ({
      answer: leftToGive(rules, standingOf(rows, now())),
    }));
    const { timezone } = campaign();
    const lastDay = rules.closes === undefined ? undefined : dayAt(rules.closes - 1, timezone);
    return { left, lastDay };
  }

  /** `donation.pledge`: keeps the promise, and answers when it is reminded of first. */
  async function pledge({ supporter: asking, key, with: asked }: Asked): Promise<Given> {
    const record = await options.find(asking);
    if (record === undefined || !isGiven(record.consents, 'donation')) {
      throw new Error('Nobody agreed to it.');
    }
    const made = (await pledges.find({ key }))[0];
    if (made !== undefined) return { state: 'noted', on: made.on, monthly: made.monthly };
    const rules = options.rules();
    // One may promise before gifts are taken: the day is what has to fit.
    const closed = closedBy(rules, now());
    if (rules === undefined || closed === 'over') return { state: 'closed' };
    const { last: reach, language } = record;
    const supporter = await options.giver(record, reach);
    const cents = asked['amount'];
    if (typeof cents !== 'number' || cents < LEAST_CENTS) throw new Error('It has no amount.');
    const monthly = asked['monthly'] === true;
    const given = dayOf(asked['on']);
    const first = given ?? monthsAfter(today(), 1, Number(today().slice(8)));
    const { left, lastDay } = await boundsOf(supporter, rules);
    const opensOn = rules.opens === undefined ? '' : dayAt(rules.opens, campaign().timezone);
    const days = planPledge({ cents, first, monthly }, left, lastDay);
    const on = days.find((day) => day >= opensOn);
    if (on === undefined) {
      const isOver = left !== undefined && left < cents;
      return { state: isOver ? 'over_ceiling' : 'closed', ...(left === undefined ? {} : { left }) };
    }
    const row: PledgeRow = {
      _id: options.newId(),
      key,
      supporter,
      revision: 1,
      election: rules.election,
      cents,
      monthly,
      day_of_month: Number(first.slice(8)),
      state: 'active',
      on,
      due: dueOn(on),
      reminded: 0,
      language,
      reach,
      at: new Date(now()),
    };
    if (!(await pledges.insert(row))) return pledge({ supporter: asking, key, with: asked });
    const times = days.filter((day) => day >= on).length;
    return { state: 'noted', on, monthly, times };
  }

  async function end(row: PledgeRow, by: NonNullable<PledgeRow['ended_by']>): Promise<void> {
    const next = { ...row, revision: row.revision + 1, state: 'ended', ended_by: by } as const;
    await pledges.replaceIf({ revision: row.revision }, next);
  }

  /** Plans the reminder that is due, and the next month; all or nothing. */
  async function remind(row: PledgeRow): Promise<void> {
    const { cents, monthly, on, day_of_month: dayOfMonth, supporter } = row;
    const record = await options.find(supporter);
    if (record === undefined || record.erasing !== undefined) return end(row, 'opted_out');
    const rules = options.rules();
    if (rules === undefined || closedBy(rules, now()) === 'over') return end(row, 'window');
    const { left, lastDay } = await boundsOf(supporter, rules);
    if (left !== undefined && left < cents) return end(row, 'ceiling');
    const next = monthsAfter(on, 1, dayOfMonth);
    const days = monthly
      ? planPledge(
          { cents, first: next, monthly },
          left === undefined ? left : left - cents,
          lastDay,
        )
      : [];
    // What was missed while nothing ran is not asked for month by month.
    const following = days.find((day) => day > today());
    const told: DonationNewsRow = {
      _id: `${row._id}:${row.reminded + 1}`,
      supporter,
      kind: 'pledge',
      pledge: row._id,
      state: 'due',
      due: new Date(now()),
      reach: row.reach,
      at: new Date(now()),
    };
    const reminded = { ...row, revision: row.revision + 1, reminded: row.reminded + 1 };
    const after: PledgeRow =
      following === undefined
        ? { ...reminded, state: 'ended', ended_by: 'last' }
        : { ...reminded, on: following, due: dueOn(following) };
    await tables.transact(async (transaction) => {
      await transaction.replace(pledges, { revision: row.revision }, after);
      await transaction.insert(news, told);
    });
  }

  return {
    pledge,
    /** `donation.end_pledge`: reminds of it no more; without one, of none of theirs. */
    async endPledge({ supporter, with: asked }: Asked): Promise<void> {
      const record = await options.find(supporter);
      if (record === undefined) return;
      const named = typeof asked['pledge'] === 'string' ? { _id: asked['pledge'] } : {};
      const own = { supporter: { $in: [...identitiesOf(record)] }, state: 'active', ...named };
      for (const row of await pledges.find(own)) await end(row, 'supporter');
    },
    async optedOut(id: string): Promise<void> {
      const row = await pledges.get(id);
      if (row?.state === 'active') await end(row, 'opted_out');
    },
    /** Reminds of what is due now. */
    async remindDue(): Promise<void> {
      const due = { state: 'active', due: { $lte: new Date(now()) } };
      const rows = await pledges.find(due, { sort: { due: 1 }, limit: BATCH });
      for (const row of rows) await remind(row).catch((error: unknown) => options.report(error));
    },
  };
}

/** A day that a supporter named, with or without a time. */
function dayOf(value: unknown): string | undefined {
  if (typeof value === 'number') return new Date(value).toISOString().slice(0, 10);
  const day = typeof value === 'string' ? value.slice(0, 10) : '';
  return isDate(day) ? day : undefined;
}

function dayAt(at: number, timezone: string): string {
  // The Swedish way of writing a day is that of ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(at);
}
