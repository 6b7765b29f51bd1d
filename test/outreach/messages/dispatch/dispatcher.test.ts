import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  deliveryData,
  deliveryId,
  openDeliveries,
  type Deliveries,
} from '../../../../src/outreach/messages/deliveries.js';
import {
  createDispatcher,
  type Dispatcher,
} from '../../../../src/outreach/messages/dispatch/dispatcher.js';
import type { SendOutcome } from '../../../../src/outreach/messages/dispatch/network.js';
import type { MessageDefinition } from '../../../../src/outreach/messages/message.js';
import {
  newMessage,
  openMessages,
  type Messages,
} from '../../../../src/outreach/messages/messages.js';
import { statusOf } from '../../../../src/outreach/messages/status.js';
import { openLeases, type Leases } from '../../../../src/store/leases.js';
import { openPeople, type People } from '../../../../src/supporters/open-people.js';
import type { SupporterRecord } from '../../../../src/supporters/record.js';
import { withdrawConsents } from '../../../../src/supporters/withdraw-consents.js';
import { openHere } from '../../../store/support.js';
import { readCampaign, REMINDER, supporter } from '../sample.js';

const campaign = readCampaign();
const DUE = Date.UTC(2032, 2, 1, 11);

let people: People;
let messages: Messages;
let deliveries: Deliveries;
let leases: Leases;
let close: () => Promise<void>;
/** How far the clock is ahead of the real one. */
let ahead: number;
const now = (): number => Date.now() + ahead;
let dispatchers: Dispatcher[];
/** `<channel> <address>` of what was sent, in order, and what was said. */
let sent: string[];
let said: string[];
let started: string[];
let asked: string[];
let meant: (record: SupporterRecord) => boolean;
let voted: (supporter: string) => boolean;
/** What sends wait for, as while a network asks for a pause. */
let held: Promise<void>;
let answer: (place: string) => SendOutcome | Promise<SendOutcome>;

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  const { connection } = opened.store;
  ahead = DUE - Date.now();
  people = openPeople(connection, 'a secret');
  messages = openMessages(connection);
  deliveries = openDeliveries(connection);
  leases = openLeases(connection, now);
  for (const { table } of [people.addresses, messages, deliveries]) await table.createIndexes();
  dispatchers = [];
  [sent, said, started, asked] = [[], [], [], []];
  meant = () => true;
  voted = () => false;
  held = Promise.resolve();
  answer = () => ({ type: 'sent' });
});
afterEach(async () => {
  await Promise.all(dispatchers.map((one) => one.stop()));
  await close();
});

async function meet(...records: readonly SupporterRecord[]): Promise<void> {
  await people.supporters.table.insertAll(records);
  await people.addresses.table.insertAll(
    records.flatMap(({ _id, reachable_on: channels = [] }) =>
      channels.map((channel) => ({
        _id: `${channel}:${_id}-${channel}`,
        supporter: _id,
        channel,
        address: `${_id}-${channel}`,
        created_at: new Date(DUE - 1),
        reachable: true,
      })),
    ),
  );
}

async function plan(id: string, more: Partial<MessageDefinition> = {}): Promise<void> {
  await messages.table.insert({
    ...newMessage(id, { ...REMINDER, at: { type: 'instant', at: DUE }, ...more }, new Date(now())),
    state: 'planned',
    starts_at: new Date(DUE),
    recipients: await people.supporters.table.count({}),
  });
}

/** As another process has it. */
function start(owner = 'one'): void {
  const network = (channel: string, exact: boolean) => ({
    exact,
    perSecond: 200,
    async send(
      address: string,
      { text }: { text: string },
      mayLeave: () => { type: string },
    ): Promise<SendOutcome> {
      await sleep(1);
      await held;
      const permit = mayLeave();
      if (permit.type === 'refused') {
        return {
          type: 'withheld',
          refusal: { type: 'refused', rule: 'stopped', reason: '', until: now() },
        };
      }
      sent.push(`${channel} ${address}`);
      said.push(text);
      return answer(`${channel} ${address}`);
    },
    pace: <T>(work: () => Promise<T>) => work(),
  });
  const dispatcher = createDispatcher({
    ...people,
    messages,
    deliveries,
    networks: new Map([
      ['telegram', network('telegram', false)],
      ['web', network('web', true)],
    ]),
    audience: { query: async () => ({}), matches: async (_, record) => meant(record) },
    ways: { on: new Set(['telegram', 'web']), windows: new Map() },
    whoVoted: async (records) => new Set(records.flatMap(({ _id }) => (voted(_id) ? [_id] : []))),
    campaign: () => campaign,
    owner,
    isDead: (name) => name === 'dead',
    lease: (name) => leases.named(owner, name, 10_000),
    async startFlow(one, flow, id, { channel, address }) {
      started.push(`${one} ${flow} ${channel} ${address} ${id}`);
      return 'taken';
    },
    async askAgain(one) {
      asked.push(one);
    },
    observe: () => undefined,
    changed: () => undefined,
    report: (error) => {
      throw error;
    },
    now,
  });
  dispatchers.push(dispatcher);
  dispatcher.start();
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const latest = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > latest) throw new Error('It never came to be so.');
    await sleep(20);
  }
}
const isDone = (id: string) => async () => (await messages.get(id))?.state === 'done';
const stateOf = async (id: string, one: string) =>
  (await deliveries.table.get(deliveryId(id, one)))?.state;
async function status(id: string) {
  const row = await messages.get(id);
  if (row === undefined) throw new Error('no message');
  return statusOf(row, deliveries, now());
}

describe('the dispatcher', () => {
  test('sends a message to each once, in their language, and is done', async () => {
    await meet(
      supporter('a', ['telegram', 'web'], { first_name: 'Zoé' }),
      supporter('b', ['web'], { language: 'en' }),
      supporter('c', []),
    );
    await plan('m');
    start();
    start('two');
    await until(isDone('m'));
    expect(sent.toSorted()).toEqual(['telegram a-telegram', 'web b-web']);
    expect(said.toSorted()).toEqual(['Bonjour Zoé, on vote dimanche.', 'Hello, vote on Sunday.']);
    expect(await status('m')).toMatchObject({
      state: 'done',
      planned: 0,
      sending: 0,
      sent: 2,
      failed: 0,
      skipped: 0,
      unknown: 0,
      reasons: {},
    });
  });

  test('sends what people asked for one by one, and stays ready for more', async () => {
    await meet(supporter('a', ['web']), supporter('b', ['web']), supporter('c', ['web']));
    const says = { type: 'flow', flow: 'plan-reminder' } as const;
    const row = newMessage('m', { ...REMINDER, says }, new Date(now()));
    await messages.table.insert({ ...row, state: 'sending', standing: true });
    for (const [one, at] of [
      ['a', DUE - 1],
      ['b', DUE - 1],
      ['c', DUE + 86_400_000],
    ] as const) {
      const due = { state: 'planned', channel: 'web', at: new Date(at) } as const;
      await deliveries.table.insert({
        _id: deliveryId('m', one),
        message: 'm',
        supporter: one,
        ...due,
      });
    }
    voted = (one) => one === 'b';
    start();
    await until(async () => (await stateOf('m', 'b')) === 'skipped' && started.length > 0);
    expect(started).toEqual(['a plan-reminder web a-web message m']);
    expect(await status('m')).toMatchObject({
      state: 'sending',
      planned: 1,
      reasons: { voted: 1 },
    });
  });

  test('shares many among processes, none lost and none twice', async () => {
    await meet(...Array.from({ length: 400 }, (_, n) => supporter(`s${n}`, ['web'])));
    await plan('m');
    for (const owner of ['one', 'two', 'three']) start(owner);
    await until(isDone('m'));
    expect(sent).toHaveLength(400);
    expect(new Set(sent).size).toBe(400);
  });

  test('goes on to the next channel where one leads to nobody, and remembers that', async () => {
    await meet(supporter('a', ['telegram', 'web']), supporter('b', ['telegram']));
    answer = (place) =>
      place.startsWith('telegram') ? { type: 'failed', reason: 'blocked' } : { type: 'sent' };
    await plan('m');
    start();
    await until(isDone('m'));
    expect(await stateOf('m', 'a')).toBe('sent');
    expect(await deliveries.table.get('m:b')).toMatchObject({ state: 'failed', reason: 'blocked' });
    expect((await people.addresses.find('telegram', 'a-telegram'))?.reachable).toBe(false);
  });

  test('tries again what the network had no room for, and never what may have arrived', async () => {
    await meet(supporter('a', ['telegram']), supporter('b', ['telegram']));
    let tries = 0;
    answer = (place) => {
      if (place === 'telegram a-telegram') return { type: 'failed', reason: 'in_doubt' };
      tries += 1;
      return tries < 3
        ? { type: 'failed', reason: 'throttled', retryAfterMs: 50 }
        : { type: 'sent' };
    };
    await plan('m');
    start();
    await until(isDone('m'));
    expect(tries).toBe(3);
    expect(sent.filter((place) => place === 'telegram a-telegram')).toHaveLength(1);
    expect(await status('m')).toMatchObject({ sent: 1, unknown: 1, reasons: { in_doubt: 1 } });
  });

  test('counts what a dead process was sending as unknown, and sends the rest of it', async () => {
    await meet(supporter('a', ['telegram']), supporter('b', ['telegram']), supporter('c', ['web']));
    await plan('m');
    // The claim would last for some seconds.
    const left = { message: 'm', at: new Date(now() + 14_000), claim: 'dead 1' };
    await deliveries.table.insertAll([
      { _id: 'm:a', supporter: 'a', state: 'sending', channel: 'telegram', ...left },
      { _id: 'm:b', supporter: 'b', state: 'planned', channel: 'telegram', ...left },
      // Web chat shows it once, whoever sends it again.
      { _id: 'm:c', supporter: 'c', state: 'sending', channel: 'web', ...left },
    ]);
    start();
    await until(isDone('m'));
    expect(sent.toSorted()).toEqual(['telegram b-telegram', 'web c-web']);
    expect(await stateOf('m', 'a')).toBe('unknown');
  });

  test('sends nothing more soon after a cancellation, and nothing while paused', async () => {
    await meet(...Array.from({ length: 1_200 }, (_, n) => supporter(`s${n}`, ['telegram'])));
    await plan('m');
    start();
    await until(() => sent.length > 50);
    await messages.change('m', (row) => ({ ...row, state: 'paused' }));
    await sleep(1_200);
    const paused = sent.length;
    await sleep(300);
    expect(sent).toHaveLength(paused);
    await messages.change('m', (row) => ({ ...row, state: 'planned' }));
    await until(() => sent.length > paused + 50);
    await messages.change('m', (row) => ({
      ...row,
      state: 'cancelled',
      ended_at: new Date(now()),
    }));
    await sleep(1_200);
    const cancelled = sent.length;
    expect(cancelled).toBeLessThan(1_200);
    await until(async () => (await messages.get('m'))?.settled === true);
    expect(sent).toHaveLength(cancelled);
    const { planned, skipped, reasons } = await status('m');
    expect({ planned, reasons }).toEqual({ planned: 0, reasons: { cancelled: skipped } });
  });

  test('asks segment, consent and cap once more before each send', async () => {
    await meet(
      supporter('a', ['web'], { tags: ['out'] }),
      supporter('b', ['web'], { consents: [] }),
      supporter('c', ['web']),
    );
    meant = ({ tags }) => !tags.includes('out');
    await plan('m', { frequencyCap: { messages: 1, days: 7 } });
    await deliveries.table.insert({
      _id: 'before:c',
      message: 'before',
      supporter: 'c',
      state: 'sent',
      channel: 'web',
      at: new Date(now() - 1_000),
    });
    start();
    await until(isDone('m'));
    expect(sent).toEqual([]);
    expect((await status('m')).reasons).toEqual({ segment: 1, no_consent: 1, frequency_cap: 1 });
  });

  test('obeys a STOP that comes while a message waits for its turn', async () => {
    await meet(supporter('a', ['telegram']));
    await plan('m');
    let release = (): void => undefined;
    held = new Promise((resolve) => {
      release = resolve;
    });
    start();
    await until(async () => (await stateOf('m', 'a')) === 'sending');
    const record = await people.supporters.get('a');
    if (record === undefined) throw new Error('nobody');
    const proof = { wording: 'STOP', version: '', source: 'stop' };
    const stopped = withdrawConsents(record, undefined, proof, new Date(now()));
    await people.supporters.table.replaceIf({}, stopped);
    ahead += 11_000;
    release();
    await until(isDone('m'));
    expect(sent).toEqual([]);
    expect((await status('m')).reasons).toEqual({ opted_out: 1 });
  });

  test('starts a flow through the door of the conversation, and has an open question asked again', async () => {
    const session = {
      turn: 3,
      frames: [{ flow: 'welcome', version: '1', step: 'email', answers: {}, asked: 3 }],
    };
    await meet(supporter('a', ['web'], { session }));
    await plan('flow', { says: { type: 'flow', flow: 'reminder' } });
    await plan('words');
    start();
    await until(isDone('flow'));
    await until(isDone('words'));
    expect(started).toEqual(['a reminder web a-web message flow']);
    expect(asked).toEqual(['a']);
  });

  test('goes another way, or none, where a channel was turned off since it was planned', async () => {
    await meet(supporter('a', ['whatsapp', 'web']), supporter('b', ['whatsapp']));
    await plan('m', { channels: ['whatsapp', 'web'] });
    const planned = { message: 'm', state: 'planned', channel: 'whatsapp' } as const;
    await deliveries.table.insertAll(
      ['a', 'b'].map((one) => ({
        _id: deliveryId('m', one),
        supporter: one,
        at: new Date(DUE),
        ...planned,
      })),
    );
    start();
    await until(isDone('m'));
    expect(sent).toEqual(['web a-web']);
    expect((await status('m')).reasons).toEqual({ channel_off: 1 });
  });

  test('sends once to two profiles that were merged', async () => {
    const merge = {
      at: new Date(),
      proof: { type: 'link' as const },
      after: { written: 'w', turns: 1 },
    };
    await meet(supporter('kept', ['web'], { merged_from: ['gone', 'late'] }));
    for (const merged of ['gone', 'late']) {
      await people.merges.table.insert({ _id: merged, kept: 'kept', merged, ...merge });
    }
    await plan('m');
    for (const one of ['gone', 'late']) {
      await deliveries.table.insert({
        _id: deliveryId('m', one),
        message: 'm',
        supporter: one,
        state: 'planned',
        channel: 'web',
        at: new Date(DUE),
      });
    }
    start();
    await until(isDone('m'));
    expect(sent).toEqual(['web kept-web']);
    expect((await status('m')).reasons).toEqual({ merged: 1 });
  });

  test('has what it sent exported with a person, and erased with them', async () => {
    await meet(supporter('a', ['web']));
    await plan('m');
    start();
    await until(isDone('m'));
    const data = deliveryData(deliveries, async (id) => (await messages.get(id))?.definition);
    expect(await data.exportOf('a')).toMatchObject([
      { message: 'reminder', channel: 'web', state: 'sent' },
    ]);
    await data.erase('a');
    expect(await data.exportOf('a')).toEqual([]);
  });
});
