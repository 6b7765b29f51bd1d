import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { createMerging, type Merging } from '../../../src/supporters/merge/merge-supporters.js';
import type { SupporterRecord } from '../../../src/supporters/record.js';
import { exportPerson } from '../../../src/supporters/privacy/export-person.js';
import { viewSupporter } from '../../../src/supporters/profile.js';
import {
  openRightsCampaign,
  until,
  type Process,
  type RightsCampaign,
} from '../../conversation/rights-campaign.js';

const STAFF = { type: 'staff' } as const;

let campaign: RightsCampaign;
let process: Process;
let merging: Merging;
beforeEach(async () => {
  campaign = await openRightsCampaign();
  process = campaign.start();
  merging = createMerging({ ...campaign.people, now: () => campaign.now });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await campaign.close();
});

/** The record at an address once nothing is left to be done for it. */
async function quiet(address: string): Promise<SupporterRecord> {
  await until(async () => (await campaign.recordOf(address)).outbox.length === 0);
  return campaign.recordOf(address);
}

/** Somebody who agreed, and gave an e-mail. */
async function meet(address: string, email: string): Promise<SupporterRecord> {
  campaign.now += 1_000;
  for (const words of ['bonjour', 'oui', email]) await campaign.say(process, words, address);
  return quiet(address);
}

async function merged(kept: SupporterRecord, other: SupporterRecord): Promise<string> {
  const outcome = await merging.merge(kept._id, other._id, STAFF);
  if (outcome.type !== 'done') throw new Error(`They were not merged: ${outcome.reason}.`);
  return outcome.id;
}

/** A stored document as the store has it, byte for byte. */
async function bytesOf(supporter: string): Promise<string> {
  const record = await campaign.people.supporters.get(supporter);
  return record === undefined ? '' : Buffer.from(mongo.BSON.serialize(record)).toString('base64');
}

const addressRows = async (): Promise<unknown> =>
  campaign.people.addresses.table.find({}, { sort: { _id: 1 } });

async function exported(record: SupporterRecord): Promise<string> {
  let text = '';
  const sources = { ...campaign.people, others: [] };
  for await (const piece of exportPerson(record, sources, new Date(campaign.now))) text += piece;
  return text;
}

describe('a merge', () => {
  test('makes one profile, which is met at both addresses and whose history is of both', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const other = await meet('c2', 'lea@exemple.net');
    await merged(kept, other);
    expect(await campaign.people.supporters.get(other._id)).toBeUndefined();
    for (const address of ['c1', 'c2']) {
      expect(await campaign.recordOf(address)).toMatchObject({
        _id: kept._id,
        email: 'lea@exemple.org',
        merged_from: [other._id],
      });
      // This process still remembers both as they were.
      expect(await campaign.say(process, '06 12 34 56 78', address)).toBe('taken');
    }
    const both = await quiet('c2');
    expect(both).toMatchObject({ _id: kept._id, phone: '+33612345678' });
    const copy = await exported(both);
    for (const words of ['lea@exemple.org', 'lea@exemple.net']) expect(copy).toContain(words);
    expect(await campaign.people.supporters.table.count({})).toBe(1);
  });

  test('sends no message again under an id that its page knows', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    await merged(kept, await meet('c2', 'lea@exemple.net'));
    for (const address of ['c1', 'c2', 'c1']) await campaign.say(process, 'bonjour', address);
    await quiet('c1');
    for (const address of ['c1', 'c2']) {
      const ids = (await campaign.shown(address)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    const turns = await campaign.people.journal.table.find({ supporter: kept._id });
    expect(turns.length).toBe((await campaign.recordOf('c1')).turns - 1);
  });

  test('is refused for one person, for nobody, and for somebody who is being erased', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const refusal = async (one: string, other: string) => merging.merge(one, other, STAFF);
    expect(await refusal(kept._id, kept._id)).toEqual({ type: 'refused', reason: 'same' });
    expect(await refusal(kept._id, 'nobody')).toEqual({ type: 'refused', reason: 'unknown' });
    const other = await meet('c2', 'lea@exemple.net');
    await campaign.people.supporters.save({ ...other, erasing: new Date() });
    expect(await refusal(kept._id, other._id)).toEqual({ type: 'refused', reason: 'erasing' });
  });

  test('waits for what is still to be sent, and gives up when it does not go', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const other = await meet('c2', 'lea@exemple.net');
    const item = { id: '9.1', type: 'send', channel: 'web', address: 'c2' } as const;
    const message = { type: 'text', text: 'late', language: 'fr' } as const;
    const stuck = { ...other, outbox: [{ ...item, message, at: new Date() }] };
    const full = await campaign.people.supporters.save(stuck);
    if (full === undefined) throw new Error('It was not saved.');
    setTimeout(() => (campaign.now += 60_000), 300);
    expect(await merging.merge(kept._id, other._id, STAFF)).toEqual({
      type: 'refused',
      reason: 'busy',
    });
    setTimeout(() => void campaign.people.supporters.save({ ...full, outbox: [] }), 300);
    expect(await merging.merge(kept._id, other._id, STAFF)).toMatchObject({ type: 'done' });
  });

  test('happens once when two processes try, and loses no turn taken meanwhile', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const other = await meet('c2', 'lea@exemple.net');
    const next = campaign.start('next 2 x');
    const elsewhere = createMerging({ ...campaign.people, now: () => campaign.now });
    const outcomes = await Promise.all([
      merging.merge(kept._id, other._id, STAFF),
      elsewhere.merge(kept._id, other._id, STAFF),
      campaign.say(process, '06 12 34 56 78', 'c2'),
      campaign.say(next, '06 12 34 56 79', 'c1'),
    ]);
    const done = outcomes.filter((one) => typeof one === 'object' && one.type === 'done');
    expect(done).toHaveLength(1);
    const both = await quiet('c1');
    expect(await campaign.people.merges.table.count({})).toBe(1);
    const rows = await campaign.people.journal.table.find({});
    const said = rows.flatMap(({ event }) => (event.type === 'said' ? [event.text] : []));
    for (const words of ['06 12 34 56 78', '06 12 34 56 79']) expect(said).toContain(words);
    expect(both.merged_from).toEqual([other._id]);
  });
});

/** Calls of the driver that a merge or its undoing makes. */
const CALLS = ['find', 'findOne', 'insertOne', 'replaceOne', 'deleteOne', 'updateMany'];

/** Lets the `nth` of those calls, or of the commits, and all later ones fail: the process is dead. */
function failAt(nth: number, when: 'before' | 'after'): () => number {
  let calls = 0;
  const restore: (() => void)[] = [];
  const wrap = (prototype: object, name: string): void => {
    const real: unknown = Reflect.get(prototype, name);
    if (typeof real !== 'function') throw new Error(`The driver has no ${name}.`);
    restore.push(() => Reflect.set(prototype, name, real));
    Reflect.set(prototype, name, function killable(this: unknown, ...args: unknown[]): unknown {
      calls += 1;
      if (calls > nth || (calls === nth && when === 'before')) throw new Error('killed');
      const done: unknown = Reflect.apply(real, this, args);
      if (calls < nth || !(done instanceof Promise)) return done;
      return done.then(() => Promise.reject(new Error('killed')));
    });
  };
  for (const name of CALLS) wrap(mongo.Collection.prototype, name);
  wrap(mongo.ClientSession.prototype, 'commitTransaction');
  return () => {
    for (const undo of restore) undo();
    return calls;
  };
}

describe('a merge, and its undoing, that is killed', () => {
  test.each(['before', 'after'] as const)(
    'at any call to the store, %s it, is done whole or not begun',
    async (when) => {
      const seen = { done: 0, not: 0 };
      const [one, two] = [await meet('c1', 'a@exemple.org'), await meet('c2', 'b@exemple.org')];
      const apart = [await bytesOf(one._id), await bytesOf(two._id), await addressRows()];
      for (let nth = 1; ; nth += 1) {
        const heal = failAt(nth, when);
        const outcome = await merging.merge(one._id, two._id, STAFF).catch(() => undefined);
        const calls = heal();
        const [row] = await campaign.people.merges.table.find({ undone_at: { $exists: false } });
        if (row === undefined) {
          seen.not += 1;
          expect([await bytesOf(one._id), await bytesOf(two._id), await addressRows()]).toEqual(
            apart,
          );
          continue;
        }
        seen.done += 1;
        expect(await bytesOf(two._id)).toBe('');
        expect((await campaign.recordOf('c2'))._id).toBe(one._id);
        const together = [await bytesOf(one._id), await addressRows()];
        for (let step = 1; ; step += 1) {
          const mend = failAt(step, when);
          await merging.unmerge(row._id).catch(() => undefined);
          mend();
          if ((await campaign.people.supporters.get(two._id)) === undefined) {
            expect([await bytesOf(one._id), await addressRows()]).toEqual(together);
            expect((await campaign.people.merges.table.get(row._id))?.undone_at).toBeUndefined();
            continue;
          }
          expect([await bytesOf(one._id), await bytesOf(two._id), await addressRows()]).toEqual(
            apart,
          );
          break;
        }
        if (outcome !== undefined && calls < nth) break;
      }
      expect(seen.not).toBeGreaterThan(5);
      expect(seen.done).toBeGreaterThan(0);
    },
    60_000,
  );
});

describe('a merge that is undone', () => {
  test('at once leaves both byte for byte as they were, and each at home', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const other = await meet('c2', 'tom@exemple.org');
    const before = [await bytesOf(kept._id), await bytesOf(other._id), await addressRows()];
    const next = campaign.start('next 2 x');
    const id = await merged(kept, other);
    expect(await merging.unmerge(id)).toEqual({ type: 'done', id });
    expect([await bytesOf(kept._id), await bytesOf(other._id), await addressRows()]).toEqual(
      before,
    );
    expect(await campaign.people.merges.table.get(id)).not.toHaveProperty('before');
    for (const [process_, number] of [
      [process, '06 12 34 56 78'],
      [next, '06 12 34 56 79'],
    ] as const) {
      await campaign.say(process_, number, 'c2');
    }
    expect(await quiet('c1')).not.toHaveProperty('phone');
    expect(await quiet('c2')).toMatchObject({ _id: other._id, email: 'tom@exemple.org' });
    expect(await merging.unmerge(id)).toEqual({ type: 'refused', reason: 'unknown' });
  });

  test('is noticed by a process that remembers the merged one and its addresses', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const other = await meet('c2', 'tom@exemple.org');
    const id = await merged(kept, other);
    const next = campaign.start('next 2 x');
    for (const address of ['c1', 'c2']) await campaign.say(next, 'bonjour', address);
    await quiet('c2');
    expect(await merging.unmerge(id)).toMatchObject({ type: 'done' });
    await campaign.say(next, '06 12 34 56 78', 'c2');
    expect(await quiet('c2')).toMatchObject({ _id: other._id, phone: '+33612345678' });
    expect(await quiet('c1')).not.toHaveProperty('phone');
  });

  test('later gives to each what came by its own address', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const other = await meet('c2', 'tom@exemple.org');
    const id = await merged(kept, other);
    await campaign.say(process, '06 12 34 56 78', 'c2');
    await campaign.sendPhoto(process, 'c2');
    const both = await quiet('c2');
    expect(both.phone).toBe('+33612345678');
    expect(await merging.unmerge(id)).toMatchObject({ type: 'done' });
    const [one, two] = [await campaign.recordOf('c1'), await campaign.recordOf('c2')];
    expect(one).toMatchObject({ _id: kept._id, email: 'lea@exemple.org', turns: both.turns });
    expect(one).not.toHaveProperty('phone');
    expect(one).not.toHaveProperty('merged_from');
    expect(two).toMatchObject({
      _id: other._id,
      email: 'tom@exemple.org',
      phone: '+33612345678',
      turns: both.turns,
    });
    // What was said since is in the history of the one who said it.
    expect(await exported(two)).toContain('06 12 34 56 78');
    expect(await exported(one)).not.toContain('06 12 34 56 78');
    const { files } = campaign.people;
    expect(await files.of(one)).toEqual([]);
    const [photo] = await files.of(two);
    await files.eraseOf([kept._id]);
    expect(await files.read(photo?._id ?? '')).toHaveLength(9);
  });

  test('later leaves both silenced by a STOP that came meanwhile', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const other = await meet('c2', 'tom@exemple.org');
    const id = await merged(kept, other);
    campaign.now += 1_000;
    await campaign.say(process, 'STOP', 'c2');
    await quiet('c2');
    await merging.unmerge(id);
    for (const address of ['c1', 'c2']) {
      const record = await campaign.recordOf(address);
      expect(viewSupporter(record).consents).toEqual({ engagement: false });
    }
  });

  test('cannot bring back somebody who was erased meanwhile', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const other = await meet('c2', 'tom@exemple.org');
    const id = await merged(kept, other);
    expect(await process.erase(kept._id)).toBe(true);
    expect(await merging.unmerge(id)).toEqual({ type: 'refused', reason: 'unknown' });
    for (const rows of (await campaign.documents()).values()) {
      for (const row of rows) {
        for (const trace of ['lea@exemple.org', 'tom@exemple.org', kept._id, other._id]) {
          expect(row).not.toContain(trace);
        }
      }
    }
  });

  test('is the latest one: those before it wait for it', async () => {
    const kept = await meet('c1', 'lea@exemple.org');
    const first = await merged(kept, await meet('c2', 'tom@exemple.org'));
    const second = await merged(await quiet('c1'), await meet('c3', 'zoe@exemple.org'));
    expect(await merging.unmerge(first)).toEqual({ type: 'refused', reason: 'not_the_last' });
    expect(await merging.unmerge(second)).toMatchObject({ type: 'done' });
    expect(await merging.unmerge(first)).toMatchObject({ type: 'done' });
    expect(await campaign.people.supporters.table.count({})).toBe(3);
  });
});
