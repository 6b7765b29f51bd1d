import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/connection.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { openSupporters, type Supporters } from '../../src/supporters/supporters.js';
import { openHere } from '../store/support.js';

const at = new Date('2030-01-01T12:00:00Z');

let store: Store;
let close: () => Promise<void>;
let here: Supporters;
let elsewhere: Supporters;
beforeEach(async () => {
  ({ store, close } = await openHere());
  here = openSupporters(store.connection);
  // What another process opens: the same collection, under a name of its own in the documents.
  elsewhere = openSupporters(store.connection.useDb(store.connection.name, { useCache: false }));
  await here.table.createIndexes();
});
afterEach(() => close());

function stranger(id: string): SupporterRecord {
  return newSupporter(id, 'fr', { channel: 'web', address: id }, at);
}

async function saved(supporters: Supporters, record: SupporterRecord): Promise<SupporterRecord> {
  const next = await supporters.save(record);
  if (next === undefined) throw new Error('It was not saved.');
  return next;
}

describe('saving supporters', () => {
  test('writes a stranger once, whoever is quicker', async () => {
    const results = await Promise.all([
      here.save({ ...stranger('s1'), language: 'fr' }),
      elsewhere.save({ ...stranger('s1'), language: 'en' }),
    ]);
    const winners = results.filter((result) => result !== undefined);
    expect(winners).toHaveLength(1);
    expect(await here.get('s1')).toEqual(winners[0]);
  });

  test('writes nothing over a revision of the same number that came about otherwise', async () => {
    const read = await saved(here, stranger('s1'));
    await here.table.replaceIf({}, { ...read, written: 'a merge undone', tags: ['since'] });
    expect(await here.save({ ...read, language: 'en' })).toBeUndefined();
    expect(await here.get('s1')).toMatchObject({ tags: ['since'], language: 'fr' });
  });

  test('of two who change one revision lets one win, beside others who all win', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `s${index}`);
    const first = await Promise.all(ids.map((id) => saved(here, stranger(id))));
    for (let round = 1; round <= 5; round += 1) {
      const stored = await Promise.all(ids.map((id) => here.get(id)));
      const before = stored.flatMap((record) => record ?? []);
      expect(before).toHaveLength(first.length);
      // Every third is changed by both at once.
      const mine = before.map((record) => here.save({ ...record, tags: ['here'] }));
      const theirs = before
        .filter((_, index) => index % 3 === 0)
        .map((record) => elsewhere.save({ ...record, tags: ['elsewhere'] }));
      const [won, lost] = [await Promise.all(mine), await Promise.all(theirs)];
      for (const [index, id] of ids.entries()) {
        const other = index % 3 === 0 ? lost[index / 3] : undefined;
        const winners = [won[index], other].filter((record) => record !== undefined);
        expect(winners).toHaveLength(1);
        expect(await here.get(id)).toEqual(winners[0]);
        expect(winners[0]?.revision).toBe(round + 1);
      }
    }
  });

  test('refuses a revision that is gone', async () => {
    const first = await saved(here, stranger('s1'));
    await saved(here, first);
    expect(await here.save(first)).toBeUndefined();
    expect(await elsewhere.save(first)).toBeUndefined();
    expect((await here.get('s1'))?.revision).toBe(2);
  });

  test('finds those whose timer is due, and those whose lease ran out', async () => {
    const later = new Date(at.getTime() + 60_000);
    await saved(here, { ...stranger('due'), due: at });
    await saved(here, { ...stranger('later'), due: later });
    await saved(here, { ...stranger('left'), lease: { owner: 'dead', until: at } });
    await saved(here, { ...stranger('held'), lease: { owner: 'me', until: later } });
    const now = new Date(at.getTime() + 1_000);
    expect(await here.findDue(now, 10)).toEqual(['due']);
    expect((await here.findAbandoned(now, 10)).map(({ _id }) => _id)).toEqual(['left']);
    expect((await here.findLeased()).map(({ _id }) => _id).sort()).toEqual(['held', 'left']);
  });
});

describe('counting who stands where', () => {
  test('counts sessions by version and step, also where they come back to, by an index', async () => {
    const frame = (flow: string, version: string, step: string) => ({
      flow,
      version,
      step,
      answers: {},
    });
    const frames = [
      [frame('poll', 'v1', 'town')],
      [frame('poll', 'v1', 'town'), frame('help', 'v1', 'topic')],
      [frame('poll', 'v2', 'town')],
      [frame('help', 'v1', 'topic')],
      [],
    ];
    for (const [index, stack] of frames.entries()) {
      await saved(here, { ...stranger(`s${index}`), session: { turn: 3, frames: stack } });
    }
    expect(await here.countStanding('poll')).toEqual([
      { version: 'v1', step: 'town', sessions: 2 },
      { version: 'v2', step: 'town', sessions: 1 },
    ]);
    expect(await here.countStanding('help')).toEqual([
      { version: 'v1', step: 'topic', sessions: 2 },
    ]);
    expect(await here.countStanding('stop')).toEqual([]);
    const rows = store.connection.collection('supporters');
    const plan = JSON.stringify(await rows.find({ 'session.frames.flow': 'poll' }).explain());
    expect(plan).toContain('IXSCAN');
  });
});
