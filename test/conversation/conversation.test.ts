import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Channel, Inbound, Message } from '../../src/channels/channel.js';
import type { ActionHandler } from '../../src/conversation/action-handler.js';
import { createConversation, type Conversation } from '../../src/conversation/conversation.js';
import type { Library } from '../../src/engine/flow.js';
import { machineName } from '../../src/conversation/sweep.js';
import { createLog } from '../../src/log.js';
import type { Store } from '../../src/store/connection.js';
import { openAddresses } from '../../src/supporters/addresses.js';
import { openJournal, type Journal } from '../../src/supporters/journal.js';
import type { SupporterRecord } from '../../src/supporters/record.js';
import { openSupporters, type Supporters } from '../../src/supporters/supporters.js';
import { compileFolder } from '../engine/fixture-library.js';
import { openHere } from '../store/support.js';
import { freely } from '../channels/freely.js';

const DAY = 86_400_000;
const { library, rules } = compileFolder(join(__dirname, '..', 'fixtures', 'flows'));

let store: Store;
let close: () => Promise<void>;
let supporters: Supporters;
let journal: Journal;
let clock: number;
let sent: { address: string; id: string; text: string }[];
let actions: Map<string, ActionHandler>;
let running: Conversation[];
let inForce: Library;

beforeEach(async () => {
  ({ store, close } = await openHere());
  supporters = openSupporters(store.connection);
  journal = openJournal(store.connection);
  await supporters.table.createIndexes();
  clock = Date.UTC(2030, 0, 1, 12);
  sent = [];
  actions = new Map();
  running = [];
  inForce = library;
});
afterEach(async () => {
  for (const conversation of running) await conversation.stop();
  await close();
});

/** One process; several share the store as they would MongoDB. */
function start(owner = `${process.pid}`): Conversation {
  const channel: Channel = {
    name: 'phone',
    limits: {
      text: 4_096,
      buttons: 10,
      buttonLabel: 64,
      listRows: 0,
      listLabel: 0,
      oneMessageATurn: true,
    },
    exact: false,
    async send(address: string, message: Message) {
      const text = message.type === 'text' ? message.text : '(echo)';
      sent.push({ address, id: message.id, text });
      return { type: 'sent' };
    },
    showTyping: () => undefined,
  };
  const conversation = createConversation({
    supporters,
    addresses: openAddressesOnce(),
    journal,
    channels: new Map([['phone', channel]]),
    actions,
    guard: async () => () => freely,
    lastActions: new Set(),
    log: createLog('silent'),
    owner,
    library: () => inForce,
    rules: () => rules,
    refresh: async () => {
      inForce = library;
    },
    now: () => clock,
    met: () => undefined,
    turnsErased: async () => 0,
    observe: () => undefined,
  });
  running.push(conversation);
  return conversation;
}

let addresses: ReturnType<typeof openAddresses> | undefined;
function openAddressesOnce(): ReturnType<typeof openAddresses> {
  if (addresses === undefined || running.length === 0) {
    addresses = openAddresses(store.connection, supporters);
  }
  return addresses;
}

let inputs = 0;
function said(text: string, address = 'a1', id = `i${(inputs += 1)}`): Inbound {
  return {
    channel: 'phone',
    address,
    id,
    at: clock,
    locale: 'fr-FR',
    input: { type: 'said', text },
  };
}

async function only(): Promise<SupporterRecord> {
  const all = await supporters.table.find({});
  expect(all).toHaveLength(1);
  const [record] = all;
  if (record === undefined) throw new Error('There is nobody.');
  return record;
}

/** Waits until something holds: replies are sent after the turn is acknowledged. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('It never came to pass.');
}

describe('a conversation', () => {
  test('makes one supporter of a stranger, however many messages come at once', async () => {
    const conversation = start();
    const receipts = await Promise.all([
      conversation.receive(said('bonjour')),
      conversation.receive(said('oui')),
      conversation.receive(said('lea@exemple.org')),
    ]);
    expect(receipts).toEqual(['taken', 'taken', 'taken']);
    expect(await only()).toMatchObject({ language: 'fr', turns: 3, consents: [{ given: true }] });
  });

  test('takes one input once, however often it comes', async () => {
    const conversation = start();
    const input = said('bonjour');
    const receipts = await Promise.all([input, input, input].map(conversation.receive));
    expect(receipts).toEqual(['taken', 'repeated', 'repeated']);
    await until(() => sent.length > 0);
    expect(sent).toHaveLength(1);
  });

  test('keeps every answer when two processes take turns of one supporter', async () => {
    const [one, two] = [start('one'), start('two')];
    await one.receive(said('bonjour'));
    const texts = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'aide' : 'quoi ?'));
    await Promise.all(
      texts.map((text, index) => (index % 2 === 0 ? one : two).receive(said(text))),
    );
    expect((await only()).turns).toBe(21);
    await until(async () => (await journal.table.count({})) === 21);
    const turns = (await journal.table.find({}, { sort: { turn: 1 } })).map(({ turn }) => turn);
    expect(turns).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });

  test('claims an address for one supporter when two processes meet the same stranger', async () => {
    const [one, two] = [start('one'), start('two')];
    await Promise.all([one.receive(said('bonjour')), two.receive(said('bonjour'))]);
    expect((await only()).turns).toBe(2);
  });

  test('brings the result of an action back into the flow', async () => {
    const conversation = start();
    actions.set('volunteer.offer_shifts', async () => ({
      options: [{ value: 'sat', label: 'Samedi' }],
    }));
    await conversation.receive(said('bonjour'));
    await conversation.receive(said('/shift'));
    await until(() => sent.some(({ text }) => text.includes('Samedi') || /créneau/i.test(text)));
    const frame = (await only()).session.frames.at(-1);
    expect(frame).toMatchObject({ flow: 'shift', step: 'shift' });
  });

  test('goes on by itself when a timer is due, and not before', async () => {
    const conversation = start();
    actions.set('volunteer.offer_shifts', async () => Promise.reject(new Error('no shifts')));
    await conversation.receive(said('bonjour'));
    await conversation.receive(said('/shift'));
    await until(async () => (await only()).session.frames.at(-1)?.flow !== 'shift');

    // An action that never answers is given up after half a minute.
    actions.set('volunteer.offer_shifts', async () => new Promise(() => undefined));
    await conversation.receive(said('/shift'));
    expect((await only()).due).toEqual(new Date(clock + 30_000));
    await conversation.feedDue();
    expect((await only()).session.frames.at(-1)?.flow).toBe('shift');
    clock += 30_001;
    await conversation.feedDue();
    expect((await only()).session.frames.at(-1)?.flow).not.toBe('shift');
  });

  test('clears the outbox once everything is sent', async () => {
    const conversation = start();
    await conversation.receive(said('bonjour'));
    expect((await only()).outbox.length).toBeGreaterThan(0);
    await until(async () => (await only()).outbox.length === 0);
    expect(await only()).not.toHaveProperty('lease');
  });

  test('goes on with the outbox a dead process left, once its lease has run out', async () => {
    const conversation = start();
    await conversation.receive(said('bonjour'));
    await until(async () => (await only()).outbox.length === 0);
    const left = {
      ...(await only()),
      outbox: [
        {
          id: '9.1',
          type: 'send' as const,
          channel: 'phone',
          address: 'a1',
          message: { type: 'text' as const, text: 'Vous êtes là ?', language: 'fr' },
          at: new Date(clock),
        },
      ],
      lease: { owner: 'elsewhere 1 x', until: new Date(clock + 15_000) },
    };
    await supporters.save(left);
    await conversation.resumeAbandoned();
    await conversation.takeOverDead();
    expect(sent.map(({ text }) => text)).not.toContain('Vous êtes là ?');
    clock += DAY;
    await conversation.resumeAbandoned();
    await until(() => sent.some(({ id }) => id === '9.1'));
    await until(async () => (await only()).outbox.length === 0);
  });

  test('answers in order after an interruption', async () => {
    const conversation = start();
    const { write } = journal;
    let broken = true;
    const failing: Journal = {
      ...journal,
      write: async (entries) => {
        if (broken) throw new Error('store away');
        return write(entries);
      },
    };
    journal = failing;
    const interrupted = start();
    await interrupted.receive(said('bonjour'));
    await until(async () => (await only()).outbox.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toEqual([]);
    broken = false;
    await interrupted.receive(said('oui'));
    await until(() => sent.length > 1);
    expect(sent.map(({ id }) => id.split('.')[0])).toEqual(['1', '2']);
    await until(async () => (await only()).outbox.length === 0);
    expect(await journal.table.count({})).toBe(2);
    await conversation.receive(said('oui'));
  });

  test('lets one process take over what a dead one left, when several start at once', async () => {
    const dead = `${machineName()} 4194305 x`;
    const first = start('first');
    await first.receive(said('bonjour'));
    await until(async () => (await only()).outbox.length === 0);
    const message = { type: 'text' as const, text: 'Vous êtes là ?', language: 'fr' };
    const to = { channel: 'phone', address: 'a1' };
    await supporters.save({
      ...(await only()),
      outbox: [{ id: '9.1', type: 'send', ...to, message, at: new Date(clock) }],
      lease: { owner: dead, until: new Date(clock + 15_000) },
    });
    const starting = [start('one'), start('two'), start('three')];
    await Promise.all(starting.map(async (conversation) => conversation.takeOverDead()));
    await until(async () => (await only()).outbox.length === 0);
    expect(sent.filter(({ id }) => id === '9.1')).toHaveLength(1);
  });

  test('takes nothing over from a process of another account', async () => {
    const conversation = start();
    await conversation.receive(said('bonjour'));
    await until(async () => (await only()).outbox.length === 0);
    const lease = { owner: `${machineName()} 1 x`, until: new Date(clock + 15_000) };
    const act = {
      id: '9.1',
      type: 'act' as const,
      channel: 'phone',
      address: 'a1',
      action: 'volunteer.offer_shifts',
      effect: '9.0',
      with: {},
      awaited: false,
    };
    await supporters.save({ ...(await only()), outbox: [act], lease });
    const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
    });
    await conversation.takeOverDead();
    kill.mockRestore();
    expect((await only()).lease).toEqual(lease);
  });

  test('feeds the timers of others when one supporter cannot be written', async () => {
    const conversation = start();
    actions.set('volunteer.offer_shifts', async () => new Promise(() => undefined));
    for (const address of ['a1', 'a2']) {
      await conversation.receive(said('bonjour', address));
      await conversation.receive(said('/shift', address));
    }
    clock += 30_001;
    const { save } = supporters;
    const [one] = await supporters.table.find({ 'last.address': 'a1' });
    supporters.save = async (record) => {
      if (record._id === one?._id) throw new Error('not this one');
      return save(record);
    };
    await conversation.feedDue();
    const [other] = await supporters.table.find({ 'last.address': 'a2' });
    expect(other?.session.frames.at(-1)?.flow).not.toBe('shift');
    supporters.save = save;
  });

  test('keeps the result of an action whose supporter has too much waiting', async () => {
    const conversation = start();
    let give: (result: { options: { value: string; label: string }[] }) => void = () => undefined;
    let asked = 0;
    actions.set('volunteer.offer_shifts', async () => {
      asked += 1;
      return new Promise((resolve) => (give = resolve));
    });
    await conversation.receive(said('bonjour'));
    await conversation.receive(said('/shift'));
    await until(() => asked === 1);
    await until(async () => (await only()).outbox.length === 1);
    const [waiting] = (await only()).outbox;
    if (waiting === undefined) throw new Error('Nothing waits.');
    const record = await only();
    const many = Array.from({ length: 200 }, (_, index) => ({ ...waiting, id: `x.${index}` }));
    await supporters.save({ ...record, outbox: [waiting, ...many] });
    // What the process remembers of the supporter is out of date: the guard tells it so.
    await conversation.write(record._id, undefined, (known) => ({ record: known, answer: 0 }));
    give({ options: [{ value: 'sat', label: 'Samedi' }] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await only()).outbox.map(({ id }) => id)).toContain(waiting.id);
  });

  test('goes on with a flow that another process published, once it has read it', async () => {
    const conversation = start();
    await conversation.receive(said('bonjour'));
    const before = (await only()).session.frames.at(-1);
    inForce = {
      ...library,
      flow: (name, version) => (version === undefined ? library.flow(name) : undefined),
    };
    await conversation.receive(said('oui'));
    const after = (await only()).session.frames.at(-1);
    expect(after).toMatchObject({ flow: before?.flow, version: before?.version });
    expect(after?.step).not.toBe(before?.step);
  });
});
