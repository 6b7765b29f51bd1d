import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { watchLately } from '../../src/canvass/live/watch-lately.js';
import type { DeliveryState } from '../../src/outreach/messages/deliveries.js';
import { newMessage, type MessageRow } from '../../src/outreach/messages/messages.js';
import { openTables, type Tables } from '../../src/program/open-tables.js';
import { createAlerts, type AlertSource } from '../../src/staff/alerts/alerts.js';
import { lookAtMessages } from '../../src/staff/alerts/look-at-messages.js';
import { lookAtSilence } from '../../src/staff/alerts/look-at-silence.js';
import type { AlertView } from '../../src/staff/api.js';
import { may } from '../../src/staff/permissions.js';
import { readCampaign, REMINDER } from '../outreach/messages/sample.js';
import { openHere } from '../store/support.js';
import { visit } from './figures.js';

const NOW = Date.parse('2032-03-03T11:00:00Z');
const ago = (minutes: number): Date => new Date(NOW - minutes * 60_000);

let here: Awaited<ReturnType<typeof openHere>>;
let tables: Tables;
beforeAll(async () => {
  here = await openHere();
  tables = openTables(here.store.connection, 'a secret', () => NOW);
  for (const table of tables.indexed) await table.createIndexes();
});
afterAll(() => here.close());

describe('messages to look at', () => {
  async function put(id: string, row: Partial<MessageRow>, deliveries: readonly Delivery[]) {
    await tables.messages.table.insertAll([
      { ...newMessage(id, { ...REMINDER, name: id }, ago(60)), state: 'sending', ...row },
    ]);
    await tables.deliveries.table.insertMissing(
      deliveries.map(([state, minutes], n) => ({
        _id: `${id}:${n}`,
        message: id,
        supporter: `${n}`,
        state,
        channel: 'telegram',
        at: ago(minutes),
      })),
    );
  }
  type Delivery = readonly [state: DeliveryState, minutes: number];

  test('are those that failed lately, are in doubt, or stand still', async () => {
    await put('flowing', {}, [
      ['planned', 30],
      ['sent', 1],
    ]);
    await put('still', {}, [
      ['planned', 30],
      ['sent', 29],
    ]);
    await put('paused', { state: 'paused' }, [['planned', 30]]);
    await put('waits', { state: 'planned', starts_at: ago(-60) }, []);
    await put('forgotten', { state: 'planned', starts_at: ago(10) }, []);
    await put('broken', { state: 'done', ended_at: ago(60) }, [
      ['failed', 60],
      ['failed', 70],
      ['unknown', 60],
      ['failed', 3_000],
    ]);
    await put('old', { state: 'done', ended_at: ago(3_000) }, [['failed', 60]]);
    const found = await lookAtMessages({ ...tables, channels: ['telegram', 'web'] }, NOW);
    expect(new Set(found.map(({ kind, about, count }) => `${kind} ${about} ${count}`))).toEqual(
      new Set(['behind forgotten 1', 'behind still 1', 'failed broken 2', 'unknown broken 1']),
    );
    expect(found).toHaveLength(4);
  });
});

describe('outings to look at', () => {
  test('are those since an instant about which something is odd, by those visits alone', async () => {
    const hasty = Array.from({ length: 20 }, (_, n) =>
      visit(`h${n}`, new Date(NOW + n * 2_000).toISOString(), 'not_home', {
        outing: 'hasty',
        act: `h${n}`,
      }),
    );
    const calm = Array.from({ length: 20 }, (_, n) =>
      visit(`c${n}`, new Date(NOW + n * 120_000).toISOString(), 'not_home', {
        outing: 'calm',
        act: `c${n}`,
      }),
    );
    const before = hasty.map((row) => ({
      ...row,
      _id: `b${row._id}`,
      act: `b${row._id}`,
      outing: 'before',
      at: new Date(row.at.getTime() - 86_400_000),
    }));
    await tables.canvass.visits.table.insertAll([...hasty, ...calm, ...before]);
    const { visits, doors } = tables.canvass;
    const found = await watchLately(visits, doors, ago(60));
    expect(found.map(({ type, outing }) => [type, outing])).toEqual([['seconds_apart', 'hasty']]);
  });
});

test('the silence is told three days ahead, and while it lasts', () => {
  const { calendar } = readCampaign();
  const [first] = calendar.anywhere;
  const { from, until } = first?.silence ?? { from: 0, until: 0 };
  const day = 86_400_000;
  expect(lookAtSilence(calendar, from - 3 * day - 1)).toEqual([]);
  expect(lookAtSilence(calendar, from - 3 * day)).toEqual([
    { kind: 'silence_comes', count: 1, at: new Date(from).toISOString() },
  ]);
  expect(lookAtSilence(calendar, from)).toEqual([
    { kind: 'silence', count: 1, at: new Date(until).toISOString() },
  ]);
  expect(lookAtSilence(calendar, until)[0]?.kind).not.toBe('silence');
});

describe('alerts', () => {
  const told: AlertView = { kind: 'waiting', count: 2 };
  const source = (more: Partial<AlertSource>): AlertSource => ({
    permission: 'inbox.read',
    freshMs: 1_000,
    look: async () => [told],
    ...more,
  });

  test('are told to those who may cure them, and nobody else', async () => {
    const anomaly: AlertView = { kind: 'anomalies', count: 1 };
    const sources = [
      source({}),
      source({ permission: 'donations.read', look: async () => [anomaly] }),
    ];
    const alerts = createAlerts(sources, { report: () => undefined, now: () => NOW });
    const of = async (role: Parameters<typeof may>[0]) =>
      (await alerts.list((permission) => may(role, permission))).items;
    expect(await of('admin')).toEqual([told, anomaly]);
    expect(await of('organiser')).toEqual([told]);
    expect(await of('treasurer')).toEqual([anomaly]);
    expect(await of('viewer')).toEqual([]);
  });

  test('hold nobody up who asks while one of them takes long, or cannot be told', async () => {
    const reported: unknown[] = [];
    const sources = [
      source({}),
      source({ look: () => new Promise(() => undefined) }),
      source({ look: async () => Promise.reject(new Error('away')) }),
    ];
    const alerts = createAlerts(sources, {
      report: (error) => reported.push(error),
      now: () => NOW,
    });
    expect(await alerts.list(() => true)).toMatchObject({ items: [told], isCounting: true });
    expect(reported).toEqual([new Error('away')]);
  });
});
