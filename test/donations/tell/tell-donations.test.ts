import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPledges } from '../../../src/donations/pledges/pledges.js';
import { rulesFor } from '../../../src/donations/rules/donation-rules.js';
import { createNewsDesk } from '../../../src/donations/tell/news-desk.js';
import {
  createTelling,
  type Telling,
  type Way,
} from '../../../src/donations/tell/tell-donations.js';
import { idIn, openDesk, type Desk } from '../desk.js';

let desk: Desk;
let telling: Telling;
let pledges: ReturnType<typeof createPledges>;
let news: ReturnType<typeof createNewsDesk>;
/** `<supporter> <address>` of the flows that were started, each once for its id. */
let started: string[];
let way: Way;
let isKilled: boolean;
let keys = 0;

const DAY_MS = 86_400_000;

beforeEach(async () => {
  desk = await openDesk();
  const { tables, book, find, campaign, clock } = desk;
  const now = (): number => clock.now;
  const report = (error: unknown): void => {
    throw error;
  };
  started = [];
  isKilled = false;
  way = { type: 'at', reach: { channel: 'web', address: 'lea-web' } };
  pledges = createPledges({
    tables,
    book,
    find,
    giver: async ({ _id }) => _id,
    campaign: () => campaign,
    rules: () => rulesFor(campaign, now()),
    newId: () => randomUUID(),
    report,
    now,
  });
  const seen = new Set<string>();
  telling = createTelling({
    tables,
    find,
    way: async () => way,
    campaign: () => campaign,
    async startFlow(supporter, flow, id, { address }) {
      if (isKilled) throw new Error('Killed.');
      if (seen.has(id)) return 'repeated';
      seen.add(id);
      started.push(`${supporter} ${flow} ${address}`);
      return 'taken';
    },
    optedOut: pledges.optedOut,
    report: () => undefined,
    now,
  });
  news = createNewsDesk({
    tables,
    book,
    telling,
    find,
    shareUrl: 'https://campaign.example/',
    now,
  });
  await desk.meet('lea');
});
afterEach(() => desk.close());

const act = (given: { readonly [name: string]: string | number | boolean } = {}) => ({
  supporter: 'lea',
  key: `k${(keys += 1)}`,
  with: given,
});

async function give(amount: number, at?: string): Promise<string> {
  if (at !== undefined) desk.clock.now = Date.parse(at);
  const asked = act({ amount, eligible: true, own_money: true });
  const id = idIn(await desk.prompt.prompt(asked));
  const payment = `pi_${id}`;
  await desk.settling.settle(
    { donation: id },
    { type: 'paid', cents: amount, currency: 'EUR', payment },
  );
  return id;
}

describe('thanks for a gift', () => {
  test('are said once, and the same act hears the same', async () => {
    const id = await give(4_000);
    await telling.tellDue();
    await telling.tellDue();
    expect(started).toEqual(['lea donation-news lea-web']);
    const asked = act();
    const told = await news(asked);
    expect(told).toMatchObject({
      kind: 'paid',
      amount: 4_000,
      over: 0,
      left: 456_000,
      gifts: 1,
      reference: id.replaceAll('-', '').slice(0, 10).toUpperCase(),
      share: 'https://campaign.example/',
    });
    expect(await news(asked)).toEqual(told);
    await expect(news(act())).rejects.toThrow('nothing to tell');
  });

  test('are said by whoever starts after a crash', async () => {
    await give(4_000);
    isKilled = true;
    await telling.tellDue();
    expect(started).toEqual([]);
    isKilled = false;
    await telling.tellDue();
    expect(started).toEqual([]);
    desk.clock.now += 6_000;
    await telling.tellDue();
    expect(started).toHaveLength(1);
  });

  test('wait while the team has the conversation, and go to nobody who wants no word of us', async () => {
    await give(4_000);
    way = { type: 'later' };
    await telling.tellDue();
    desk.clock.now += 601_000;
    way = { type: 'nowhere', optedOut: true };
    await telling.tellDue();
    expect(started).toEqual([]);
    expect(await desk.tables.news.find({})).toMatchObject([{ state: 'dropped' }]);
  });

  test('wait for the end of the election silence', async () => {
    const asked = act({ amount: 1_000, eligible: true, own_money: true });
    desk.clock.now = Date.parse('2032-03-11T09:00Z');
    const id = idIn(await desk.prompt.prompt(asked));
    desk.clock.now = Date.parse('2032-03-13T09:00Z');
    await expect(desk.prompt.prompt({ ...asked, key: 'later' })).rejects.toThrow('silence');
    await desk.settling.settle(
      { donation: id },
      { type: 'paid', cents: 1_000, currency: 'EUR', payment: 'pi' },
    );
    await telling.tellDue();
    expect(started).toEqual([]);
    desk.clock.now = Date.parse('2032-03-15T12:00Z');
    await telling.tellDue();
    expect(started).toHaveLength(1);
  });
});

describe('a pledge', () => {
  test('is reminded of every month until the law stops it, and never charges anything', async () => {
    await give(430_000, '2031-10-01T12:00Z');
    await telling.tellDue();
    started = [];
    const asked = act({ amount: 10_000, on: '2031-10-31', monthly: true });
    expect(await pledges.pledge(asked)).toEqual({
      state: 'noted',
      on: '2031-10-31',
      monthly: true,
      times: 3,
    });
    // As after a crash.
    expect(await pledges.pledge(asked)).toMatchObject({ state: 'noted', on: '2031-10-31' });
    expect(await desk.tables.pledges.count({})).toBe(1);
    for (const [day, times] of [
      ['2031-10-31T08:00Z', 0],
      ['2031-10-31T11:00Z', 1],
      ['2031-11-29T11:00Z', 1],
      ['2031-11-30T11:00Z', 2],
    ] as const) {
      desk.clock.now = Date.parse(day);
      await pledges.remindDue();
      await pledges.remindDue();
      await telling.tellDue();
      await telling.tellDue();
      expect([day, started.length]).toEqual([day, times]);
      if (times > 0) await news(act()).catch(() => undefined);
    }
    // They gave more than they promised meanwhile: December would pass the ceiling.
    await give(25_000);
    await telling.tellDue();
    started = [];
    desk.clock.now = Date.parse('2032-01-01T11:00Z');
    await pledges.remindDue();
    await telling.tellDue();
    expect(started).toEqual([]);
    expect(await desk.tables.pledges.find({})).toMatchObject([
      { state: 'ended', ended_by: 'ceiling', reminded: 2 },
    ]);
    expect(await desk.tables.donations.count({ pledge: { $exists: true } })).toBe(0);
  });

  test('waits for the hours at which one may write, and ends with a STOP or a word of theirs', async () => {
    await pledges.pledge(act({ amount: 1_000, on: '2032-01-20' }));
    desk.clock.now = Date.parse('2032-01-20T22:00Z');
    await pledges.remindDue();
    await telling.tellDue();
    expect(started).toEqual([]);
    desk.clock.now = Date.parse('2032-01-21T07:30Z');
    await telling.tellDue();
    expect(started).toHaveLength(1);
    expect(await news(act())).toMatchObject({ kind: 'pledge', amount: 1_000, last: true });

    await pledges.pledge(act({ amount: 1_000, on: '2032-01-25', monthly: true }));
    desk.clock.now = Date.parse('2032-01-25T12:00Z');
    await pledges.remindDue();
    way = { type: 'nowhere', optedOut: true };
    await telling.tellDue();
    const ended = { state: 'ended', ended_by: 'opted_out' };
    expect(await desk.tables.pledges.find(ended)).toHaveLength(1);

    await pledges.pledge(act({ amount: 1_000, monthly: true }));
    await pledges.endPledge(act());
    expect(await desk.tables.pledges.find({ state: 'active' })).toEqual([]);
  });

  test('is not noted past the ceiling, or past the last day of gifts', async () => {
    await give(459_000);
    expect(await pledges.pledge(act({ amount: 2_000 }))).toEqual({
      state: 'over_ceiling',
      left: 1_000,
    });
    expect(await pledges.pledge(act({ amount: 1_000, on: '2032-05-01' }))).toMatchObject({
      state: 'closed',
    });
    expect(await pledges.pledge(act({ amount: 1_000 }))).toMatchObject({
      state: 'noted',
      on: '2032-02-15',
    });
    // What was missed while nothing ran is not asked for month by month.
    desk.clock.now += 70 * DAY_MS;
    await pledges.remindDue();
    expect(await desk.tables.news.count({ kind: 'pledge' })).toBe(0);
  });
});
