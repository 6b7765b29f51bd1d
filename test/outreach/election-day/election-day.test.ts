import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createElectionDay } from '../../../src/outreach/election-day/election-day.js';
import { tellTurnout } from '../../../src/outreach/election-day/tell-turnout.js';
import {
  openVotePlans,
  votePlanData,
  type VotePlans,
} from '../../../src/outreach/election-day/vote-plans.js';
import { openVotes, voteData, type Votes } from '../../../src/outreach/election-day/votes.js';
import { openDeliveries, type Deliveries } from '../../../src/outreach/messages/deliveries.js';
import {
  newMessage,
  openMessages,
  type Messages,
} from '../../../src/outreach/messages/messages.js';
import type { SupporterRecord } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';
import { readCampaign, REMINDER, supporter } from '../messages/sample.js';

const campaign = readCampaign();
const WITH = { time: 'morning', from: 'home', by: 'walk' };

let plans: VotePlans;
let votes: Votes;
let messages: Messages;
let deliveries: Deliveries;
let people: Map<string, SupporterRecord>;
let clock: number;
let close: () => Promise<void>;
let day: ReturnType<typeof createElectionDay>;

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  const { connection } = opened.store;
  [plans, votes] = [openVotePlans(connection), openVotes(connection)];
  [messages, deliveries] = [openMessages(connection), openDeliveries(connection)];
  const place = { territory: 'metropole', timezone: 'Europe/Paris' };
  const all = [supporter('lea', ['web', 'telegram'], place), supporter('zoe', ['web'])];
  people = new Map(all.map((one) => [one._id, one]));
  clock = Date.parse('2032-03-01T12:00Z');
  day = createElectionDay({
    plans,
    votes,
    messages,
    deliveries,
    ways: { on: new Set(['web', 'telegram']), windows: new Map() },
    campaign: () => campaign,
    get: async (id) => people.get(id),
    now: () => clock,
  });
});
afterEach(() => close());

const plan = (key: string, more = {}) =>
  day.plan({ supporter: 'lea', key, with: { ...WITH, ...more } });
const reminders = async () =>
  (await deliveries.table.find({})).map(({ _id, state, channel, at }) => ({
    _id,
    state,
    channel,
    at: at.toISOString(),
  }));

describe('vote.plan', () => {
  test('answers with the hour of the reminder, and plans one on the best channel', async () => {
    expect(await plan('a')).toEqual({ remind_at: '2032-03-13T18:00:00+01:00' });
    expect(await reminders()).toEqual([
      {
        _id: 'plan-reminder-1:lea',
        state: 'planned',
        channel: 'telegram',
        at: '2032-03-13T17:00:00.000Z',
      },
    ]);
    expect(await day.recall({ supporter: 'lea' })).toEqual({ ...WITH, today: false });
  });

  test('done again after a crash it changes nothing, even when the clock went on', async () => {
    await plan('a');
    const before = [await plans.table.find({}), await reminders()];
    clock = Date.parse('2032-03-13T17:30Z');
    expect(await plan('a')).toEqual({ remind_at: '2032-03-13T18:00:00+01:00' });
    expect([await plans.table.find({}), await reminders()]).toEqual(before);
  });

  test('a new plan takes the place of the old one, and there is still one reminder', async () => {
    await plan('a');
    clock = Date.parse('2032-03-13T20:00Z');
    expect(await plan('b', { time: 'evening' })).toEqual({
      remind_at: '2032-03-14T08:00:00+01:00',
    });
    const told = { _id: 'plan-reminder-1:lea', at: '2032-03-14T07:00:00.000Z' };
    expect(await reminders()).toMatchObject([told]);
    clock = Date.parse('2032-03-14T07:00Z');
    const recalled = await day.recall({ supporter: 'lea' });
    expect(recalled).toEqual({ ...WITH, time: 'evening', today: true });
  });

  test('fails without consent, and when the one reminder has gone', async () => {
    people.set('lea', { ...supporter('lea', ['web']), consents: [], consents_now: [] });
    await expect(plan('a')).rejects.toThrow('agreed');
    people.set('lea', supporter('lea', ['web']));
    await plan('b');
    await deliveries.table.set({}, { state: 'sent' });
    await expect(plan('c')).rejects.toThrow('gone already');
    expect(await deliveries.table.count({})).toBe(1);
  });

  test('fails once staff cancelled the reminders', async () => {
    await plan('a');
    await messages.change('plan-reminder-1', (row) => ({ ...row, state: 'cancelled' }));
    await expect(plan('b')).rejects.toThrow('Staff');
  });

  test('of somebody merged, the plan is found and moved under the old id', async () => {
    await plan('a');
    people.set('max', { ...supporter('max', ['web']), merged_from: ['lea'] });
    expect(await day.recall({ supporter: 'max' })).toMatchObject({ time: 'morning' });
    await day.plan({ supporter: 'max', key: 'b', with: { time: 'midday' } });
    expect(await reminders()).toMatchObject([{ _id: 'plan-reminder-1:lea', channel: 'web' }]);
  });
});

describe('vote.done', () => {
  const vote = (id: string, key: string) => day.done({ supporter: id, key, with: {} });

  /** A message about voting of staff's own, and one about something else. */
  async function planOthers(): Promise<void> {
    for (const [id, purpose] of [
      ['vote-today', 'vote'],
      ['picnic', 'engagement'],
    ] as const) {
      const row = newMessage(id, { ...REMINDER, purpose }, new Date(clock));
      await messages.table.insert({ ...row, state: 'sending' });
      const at = new Date('2032-03-14T16:00Z');
      const one = { message: id, supporter: 'lea', channel: 'web', at };
      await deliveries.table.insert({ _id: `${id}:lea`, state: 'planned', ...one });
    }
  }

  test('stops what is still to come about voting, and answers how much that was', async () => {
    await plan('a');
    await planOthers();
    clock = Date.parse('2032-03-14T09:30Z');
    expect(await vote('lea', 'v')).toEqual({ stopped: 2 });
    const states = (await reminders()).map(({ _id, state }) => `${_id} ${state}`);
    expect(states.toSorted()).toEqual([
      'picnic:lea planned',
      'plan-reminder-1:lea skipped',
      'vote-today:lea skipped',
    ]);
    // As after a crash in the middle, and once more later.
    expect(await vote('lea', 'v')).toEqual({ stopped: 2 });
    expect(await vote('lea', 'w')).toEqual({ stopped: 0 });
    expect(await votes.table.count({})).toBe(1);
  });

  test('who sends anything about voting is told, on that day and in that round only', async () => {
    clock = Date.parse('2032-03-14T09:30Z');
    await vote('lea', 'v');
    const all = [...people.values()];
    const at = (time: string) => votes.among(all, campaign, Date.parse(time));
    expect([...(await at('2032-03-14T12:00Z'))]).toEqual(['lea']);
    expect([...(await at('2032-03-16T12:00Z'))]).toEqual([]);
    expect([...(await at('2032-03-21T12:00Z'))]).toEqual([]);
    const merged = [{ ...supporter('max', ['web']), merged_from: ['lea'] }];
    expect([...(await votes.among(merged, campaign, clock))]).toEqual(['max']);
  });

  test('counts by territory and hour of its clocks, without a name', async () => {
    people.set('ana', supporter('ana', ['web'], { territory: 'reunion' }));
    clock = Date.parse('2032-03-14T09:30Z');
    await Promise.all([vote('lea', 'v'), vote('zoe', 'w'), vote('ana', 'x')]);
    expect(tellTurnout(await votes.turnout())).toEqual([
      {
        round: 1,
        people: 3,
        territories: [
          { territory: '', people: 1, hours: { 10: 1 } },
          { territory: 'metropole', people: 1, hours: { 10: 1 } },
          { territory: 'reunion', people: 1, hours: { 13: 1 } },
        ],
      },
    ]);
  });

  test('nobody can have voted before stations open', async () => {
    clock = Date.parse('2032-03-14T06:00Z');
    await expect(vote('lea', 'v')).rejects.toThrow('yet');
  });
});

test('what is kept is exported, and erased', async () => {
  await plan('a');
  clock = Date.parse('2032-03-14T09:30Z');
  await day.done({ supporter: 'lea', key: 'v', with: {} });
  const kept = [votePlanData(plans), voteData(votes)];
  expect(await Promise.all(kept.map((one) => one.exportOf('lea')))).toMatchObject([
    [{ round: 1, ...WITH }],
    [{ round: 1, at: '2032-03-14T09:30:00.000Z' }],
  ]);
  for (const one of kept) await one.erase('lea');
  expect([await plans.table.count({}), await votes.table.count({})]).toEqual([0, 0]);
});
