import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { createRecordWriter, type RecordWriter } from '../../../src/conversation/record-writer.js';
import {
  deliveryId,
  openDeliveries,
  type Deliveries,
} from '../../../src/outreach/messages/deliveries.js';
import {
  createDispatcher,
  type Dispatcher,
} from '../../../src/outreach/messages/dispatch/dispatcher.js';
import { openMessages, type Messages } from '../../../src/outreach/messages/messages.js';
import { enrol } from '../../../src/outreach/sequences/enrol.js';
import { createLiveWatch } from '../../../src/outreach/sequences/live-watch.js';
import type { SequenceDefinition } from '../../../src/outreach/sequences/sequence.js';
import { openSequences, type Sequences } from '../../../src/outreach/sequences/sequences.js';
import { openLeases, type Leases } from '../../../src/store/leases.js';
import { openPeople, type People } from '../../../src/supporters/open-people.js';
import type { SupporterRecord } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';
import { readCampaign, supporter } from '../messages/sample.js';

const campaign = readCampaign();
const START = Date.UTC(2032, 1, 2, 11);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let people: People;
let messages: Messages;
let deliveries: Deliveries;
let sequences: Sequences;
let leases: Leases;
let writer: RecordWriter;
let close: () => Promise<void>;
let ahead: number;
const now = (): number => Date.now() + ahead;
let dispatcher: Dispatcher;
let sent: string[];
let started: string[];
let isLeft: (record: SupporterRecord) => boolean;

const ways = { on: new Set(['web']), windows: new Map<string, number>() };
const step = (fr: string, ms: number): SequenceDefinition['steps'][number] => ({
  purpose: 'vote',
  content: 'campaign',
  channels: ['web'],
  says: { type: 'words', words: { fr, en: fr } },
  after: { type: 'span', ms },
  mode: 'passive',
});
const THANKS: SequenceDefinition = {
  name: 'thanks',
  start: { type: 'tag', tag: 'pledged' },
  leave: {},
  steps: [step('one', HOUR), step('two', 2 * HOUR)],
};

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  const { connection } = opened.store;
  ahead = START - Date.now();
  people = openPeople(connection, 'a secret');
  messages = openMessages(connection);
  deliveries = openDeliveries(connection);
  sequences = openSequences(connection, messages);
  leases = openLeases(connection, now);
  for (const { table } of [people.addresses, people.supporters, messages, deliveries, sequences]) {
    await table.createIndexes();
  }
  [sent, started] = [[], []];
  isLeft = () => false;
  const watch = createLiveWatch(sequences, () => undefined);
  writer = createRecordWriter({
    supporters: people.supporters,
    owner: 'one',
    log: pino({ level: 'silent' }),
    now,
    watched: () => [{ type: 'tag', tag: 'pledged' }, ...watch.watched()],
  });
  dispatcher = createDispatcher({
    ...people,
    messages,
    deliveries,
    networks: new Map([
      [
        'web',
        {
          exact: true,
          perSecond: 200,
          async send(address, { text }, mayLeave) {
            const permit = mayLeave();
            if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
            sent.push(`${address} ${text}`);
            return { type: 'sent' };
          },
          pace: (work) => work(),
        },
      ],
    ]),
    audience: {
      query: async () => ({}),
      matches: async (segment, record) => segment === undefined || isLeft(record),
    },
    ways,
    campaign: () => campaign,
    owner: 'one',
    isDead: () => false,
    whoVoted: async () => new Set(),
    lease: (name) => leases.named('one', name, 10_000),
    async startFlow(one, flow) {
      started.push(`${one} ${flow}`);
      return 'taken';
    },
    askAgain: async () => undefined,
    observe: () => undefined,
    changed: () => undefined,
    report: (error) => {
      throw error;
    },
    now,
  });
  dispatcher.start();
});
afterEach(async () => {
  await dispatcher.stop();
  await close();
});

async function meet(record: SupporterRecord): Promise<void> {
  const { _id } = record;
  await people.supporters.table.insertAll([{ ...record, revision: 1 }]);
  await people.addresses.table.insertAll([
    {
      _id: `web:${_id}-web`,
      supporter: _id,
      channel: 'web',
      address: `${_id}-web`,
      created_at: new Date(START),
      reachable: true,
    },
  ]);
}

async function change(id: string, more: Partial<SupporterRecord>): Promise<void> {
  await writer.write(id, undefined, (record) => ({
    record: { ...record, ...more },
    answer: undefined,
  }));
}

const begin = () =>
  enrol({
    supporters: people.supporters,
    deliveries,
    sequences,
    ways,
    campaign: () => campaign,
    change: async (id, by) => {
      await writer.write(id, undefined, (record) => ({ record: by(record), answer: undefined }));
    },
    now,
  });

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const latest = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > latest) throw new Error('It never came to be so.');
    await sleep(20);
  }
}
const stateOf = async (id: string): Promise<string | undefined> => {
  const row = await deliveries.table.get(id);
  return row === undefined ? undefined : `${row.state} ${row.reason ?? ''}`.trim();
};

describe('a sequence', () => {
  test('sends each step once, at its hour, to whom it happened since it was there', async () => {
    await meet(supporter('before', ['web'], { tags: ['pledged'] }));
    await meet(supporter('a', ['web']));
    await sequences.create('s', THANKS, new Date(now()));
    await change('before', { first_name: 'Zoé' });
    await change('a', { tags: ['pledged'] });
    await begin();
    // A kill before the news were taken away begins it again.
    await change('a', { news: [{ what: 'tag pledged', at: new Date(now() + DAY) }] });
    await begin();
    expect((await people.supporters.get('a'))?.news).toBeUndefined();
    expect(await deliveries.table.count({})).toBe(2);
    await sleep(300);
    expect(sent).toEqual([]);
    ahead += HOUR;
    await until(() => sent.length === 1);
    ahead += HOUR;
    await until(() => sent.length === 2);
    expect(sent).toEqual(['a-web one', 'a-web two']);
  });

  test('keeps the order of its steps when all are late', async () => {
    await meet(supporter('a', ['web']));
    await sequences.create('s', THANKS, new Date(now()));
    await change('a', { tags: ['pledged'] });
    await begin();
    const [row] = await sequences.findAll();
    if (row === undefined) throw new Error('no sequence');
    await sequences.move(row, 'paused', new Date(now()));
    // A look that was under way ends.
    await sleep(700);
    ahead += 3 * HOUR;
    await sleep(300);
    expect(sent).toEqual([]);
    await sequences.move({ ...row, state: 'paused' }, 'active', new Date(now()));
    await until(() => sent.length >= 1);
    // The second waits a minute, unless the first was through before it was looked at.
    if (sent.length === 1) ahead += 60_000;
    await until(() => sent.length === 2);
    expect(sent).toEqual(['a-web one', 'a-web two']);
  });

  test('ends with an answer, in its segment, and when staff remove it', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await meet(supporter(id, ['web']));
    const leave = { answered: true, segment: 'did-it' } as const;
    await sequences.create('s', { ...THANKS, leave }, new Date(now()));
    for (const id of ['a', 'b', 'c']) await change(id, { tags: ['pledged'] });
    isLeft = ({ _id }) => _id === 'b';
    await begin();
    ahead += HOUR;
    await until(async () => (await stateOf(deliveryId('s-1', 'b'))) === 'skipped left_segment');
    await until(() => sent.length === 2);
    await change('a', { heard_at: new Date(now() + 1_000) });
    isLeft = () => false;
    ahead += HOUR;
    await until(async () => (await stateOf(deliveryId('s-2', 'a'))) === 'skipped left_answered');
    await until(async () => (await stateOf(deliveryId('s-2', 'b'))) === 'skipped left_before');
    await until(() => sent.length === 3);
    await change('d', { tags: ['pledged'] });
    await begin();
    const [row] = await sequences.findAll();
    if (row === undefined) throw new Error('no sequence');
    await sequences.move(row, 'removed', new Date(now()));
    await until(async () => (await stateOf(deliveryId('s-1', 'd'))) === 'skipped cancelled');
    expect(await sequences.findAll()).toEqual([]);
    expect(sent.toSorted()).toEqual(['a-web one', 'c-web one', 'c-web two']);
  });

  test('follows up a silence that is long enough since the sequence was there', async () => {
    await meet(supporter('a', ['web'], { heard_at: new Date(START - DAY) }));
    await meet(supporter('old', ['web'], { heard_at: new Date(START - 9 * DAY) }));
    const silent = { ...THANKS, start: { type: 'silent', days: 2 } } as const;
    await sequences.create('s', silent, new Date(now()));
    await begin();
    expect(await deliveries.table.count({})).toBe(0);
    ahead += DAY + HOUR;
    await begin();
    await begin();
    expect(await deliveries.table.find({ message: 's-1' })).toMatchObject([
      { supporter: 'a', at: new Date(START + DAY + HOUR) },
    ]);
  });

  test('leaves alone who has it under another profile, and who is being erased', async () => {
    await sequences.create('s', THANKS, new Date(now()));
    await meet(supporter('a', ['web']));
    await change('a', { tags: ['pledged'] });
    await begin();
    await meet(supporter('b', ['web'], { merged_from: ['a'] }));
    await meet(supporter('c', ['web'], { erasing: new Date(now()) }));
    await change('b', { tags: ['pledged'] });
    await change('c', { tags: ['pledged'] });
    await begin();
    expect(await deliveries.table.count({})).toBe(2);
  });

  test('lets a flow wait for the answer to an open question, or leaves it out', async () => {
    const asking: Partial<SupporterRecord> = {
      heard_at: new Date(START),
      session: {
        ...supporter('x', []).session,
        frames: [{ flow: 'welcome', version: '1', step: 'email', answers: {}, asked: 3 }],
      },
    };
    const flow = { ...step('', 1_000), says: { type: 'flow', flow: 'hello' } } as const;
    const steps = [
      { ...flow, mode: 'skip' },
      { ...flow, mode: 'interrupt' },
    ] as const;
    await sequences.create('s', { ...THANKS, steps }, new Date(now()));
    await meet(supporter('a', ['web'], asking));
    await change('a', { tags: ['pledged'] });
    await begin();
    ahead += 2_000;
    await until(async () => (await stateOf(deliveryId('s-1', 'a'))) === 'skipped in_flow');
    ahead += 60_000;
    await until(async () => (await stateOf(deliveryId('s-2', 'a'))) === 'planned open_question');
    expect(started).toEqual([]);
    ahead += 600_000;
    await until(() => started.length === 1);
    expect(started).toEqual(['a hello']);
  });
});
