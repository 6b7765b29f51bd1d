import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMerging, type Merging } from '../../src/supporters/merge/merge-supporters.js';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import { fillDerived } from '../../src/supporters/fill-derived.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { openHere } from '../store/support.js';

const at = new Date('2030-01-01T12:00:00Z');

let people: People;
let elsewhere: People;
let merging: Merging;
let close: () => Promise<void>;
beforeEach(async () => {
  const opened = await openHere();
  close = opened.close;
  const { connection } = opened.store;
  people = openPeople(connection, 'secret');
  // What another process opens.
  elsewhere = openPeople(connection.useDb(connection.name, { useCache: false }), 'secret');
  for (const { table } of [people.supporters, people.addresses]) await table.createIndexes();
  merging = createMerging({ ...people, now: () => at.getTime() });
});
afterEach(() => close());

/** Somebody met on these channels, at addresses of their own id. */
async function meet(id: string, ...channels: readonly string[]): Promise<void> {
  const [first = ''] = channels;
  for (const channel of channels) await people.addresses.claim(channel, id, id, at);
  const fresh = newSupporter(id, 'fr', { channel: first, address: id }, at);
  await people.supporters.save({ ...fresh, reachable_on: [...channels].sort() });
}

async function recordOf(id: string): Promise<SupporterRecord> {
  const record = await people.supporters.get(id);
  if (record === undefined) throw new Error('There is no such supporter.');
  return record;
}

const reachOf = async (id: string) => (await recordOf(id)).reachable_on;

describe('where somebody can be reached', () => {
  test('follows what channels tell, and the addresses with it', async () => {
    await meet('s1', 'telegram', 'web');
    await people.addresses.setReachable('telegram', 's1', false);
    expect(await reachOf('s1')).toEqual(['web']);
    expect(await people.addresses.find('telegram', 's1')).toMatchObject({ reachable: false });
    await people.addresses.setReachable('telegram', 's1', true);
    expect(await reachOf('s1')).toEqual(['telegram', 'web']);
    await people.addresses.setReachable('telegram', 'nobody', true);
  });

  test('is still that channel when another address there can be reached', async () => {
    await meet('s1', 'telegram');
    await people.addresses.claim('telegram', 'second', 's1', at);
    await people.addresses.markUnreachable('telegram', 's1');
    expect(await reachOf('s1')).toEqual(['telegram']);
    await people.addresses.markUnreachable('telegram', 'second');
    expect(await reachOf('s1')).toEqual([]);
  });

  test('is told to whoever wrote the record meanwhile, and loses nothing of theirs', async () => {
    await meet('s1', 'telegram', 'web');
    const read = await recordOf('s1');
    await people.addresses.setReachable('telegram', 's1', false);
    expect(await people.supporters.save({ ...read, tags: ['late'] })).toBeUndefined();
    await people.supporters.save({ ...(await recordOf('s1')), tags: ['late'] });
    expect(await recordOf('s1')).toMatchObject({ tags: ['late'], reachable_on: ['web'] });
  });

  test('is exact when two processes hear of two channels at once', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `s${index}`);
    for (const id of ids) await meet(id, 'telegram', 'web', 'whatsapp');
    await Promise.all(
      ids.flatMap((id) => [
        people.addresses.setReachable('telegram', id, false),
        elsewhere.addresses.setReachable('whatsapp', id, false),
      ]),
    );
    expect(await Promise.all(ids.map(reachOf))).toEqual(ids.map(() => ['web']));
  });

  test('is of both when two are merged, and of each when they are taken apart', async () => {
    await meet('s1', 'telegram');
    await meet('s2', 'web');
    const before = [await recordOf('s1'), await recordOf('s2')];
    const outcome = await merging.merge('s1', 's2', { type: 'staff' });
    expect(await reachOf('s1')).toEqual(['telegram', 'web']);
    if (outcome.type !== 'done') throw new Error('They were not merged.');
    await merging.unmerge(outcome.id);
    expect([await recordOf('s1'), await recordOf('s2')]).toEqual(before);
  });

  test('is what it is now when a merge is undone after a channel was blocked', async () => {
    await meet('s1', 'telegram');
    await meet('s2', 'web');
    const read = await recordOf('s2');
    const outcome = await merging.merge('s1', 's2', { type: 'staff' });
    if (outcome.type !== 'done') throw new Error('They were not merged.');
    await people.addresses.setReachable('web', 's2', false);
    expect(await reachOf('s1')).toEqual(['telegram']);
    await merging.unmerge(outcome.id);
    expect([await reachOf('s1'), await reachOf('s2')]).toEqual([['telegram'], []]);
    // Whoever read it before the merge would write it as it was then.
    expect(await people.supporters.save({ ...read, tags: ['late'] })).toBeUndefined();
  });
});

describe('documents of older versions', () => {
  test('are brought up to date, each once', async () => {
    const consent = { wording: 'w', version: 'v', language: 'fr', source: 's', at };
    for (let index = 0; index < 450; index += 1) {
      const id = `s${index}`;
      await people.addresses.claim('web', id, id, at);
      const { revision: _, ...fresh } = newSupporter(id, 'fr', { channel: 'web', address: id }, at);
      const consents = [{ ...consent, purpose: 'vote' as const, given: true }];
      await people.supporters.table.insert({ ...fresh, revision: 1, consents });
    }
    const both = await Promise.all([fillDerived(people), fillDerived(elsewhere)]);
    expect(Math.max(...both)).toBeGreaterThan(0);
    const filled = { consents_now: 'vote=given', reachable_on: 'web' };
    expect(await people.supporters.table.count(filled)).toBe(450);
    expect(await fillDerived(people)).toBe(0);
  });

  test('are left where they are when it is stopped, to be gone on with', async () => {
    await meet('s1', 'web');
    const { reachable_on: _, ...older } = await recordOf('s1');
    await people.supporters.table.replaceIf({}, older);
    expect(await fillDerived(people, () => true)).toBe(0);
    expect(await fillDerived(people)).toBe(1);
    expect(await reachOf('s1')).toEqual(['web']);
  });
});
