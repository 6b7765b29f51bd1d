import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createKeptTurns } from '../../../src/conversation/funnel/kept-turns.js';
import { openJournal, type Journal } from '../../../src/supporters/journal.js';
import type { JournalEntry } from '../../../src/supporters/outbox-item.js';
import { openHere } from '../../store/support.js';

const MINUTE_MS = 60_000;
const BEGIN = Date.UTC(2032, 0, 1);
let close: () => Promise<void>;
let journal: Journal;

beforeAll(async () => {
  const here = await openHere();
  ({ close } = here);
  journal = openJournal(here.store.connection);
  await journal.table.createIndexes();
});

afterAll(() => close());

function entry(turn: number, at: number): JournalEntry {
  return {
    turn,
    at: new Date(at),
    channel: 'web',
    address: 'a',
    language: 'fr',
    event: { type: 'said', channel: 'web', text: 'Bonjour', at },
    effects: [{ type: 'say', flow: 'welcome', key: 'hello', text: 'Bonjour Léa' }],
  };
}

test('reads each turn once, those that came late with the next whole reading, and never a word', async () => {
  let now = BEGIN;
  let fails = false;
  const asked: string[] = [];
  const reported: unknown[] = [];
  const turns = createKeptTurns({
    journal: {
      table: {
        ...journal.table,
        streamFields(query, fields, options) {
          if (fails) throw new Error('away');
          asked.push(JSON.stringify(query));
          return journal.table.streamFields(query, fields, options);
        },
      },
    },
    report: (error) => void reported.push(error),
    now: () => now,
    most: 4,
  });
  const kept = async () => (await turns()).turns.map(({ turn }) => turn);
  const write = (turn: number, at: number) =>
    journal.write([{ supporter: 'lea', entry: entry(turn, at) }]);

  await write(1, now - 3 * MINUTE_MS);
  await write(2, now - 1_000);
  expect(await Promise.all([kept(), kept()])).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(asked).toHaveLength(1);
  expect(JSON.stringify(await turns())).not.toContain('Bonjour');

  await write(3, now + 500);
  await write(9, now - 2 * MINUTE_MS);
  now += 1_000;
  expect(await kept()).toEqual([1, 2, 3]);
  expect(asked.at(-1)).toContain(new Date(BEGIN - 10_000).toISOString());

  // The whole is read beside: whoever asks just then is told what is known.
  now += 11 * MINUTE_MS;
  expect(await kept()).toEqual([1, 2, 3]);
  while ((await kept()).length < 4) await new Promise(setImmediate);
  expect(await kept()).toEqual([1, 9, 2, 3]);

  await write(10, now);
  const { turns: last, since } = await turns();
  expect(last.map(({ turn }) => turn)).toEqual([9, 2, 3, 10]);
  expect(since).toEqual(new Date(BEGIN - 2 * MINUTE_MS));

  fails = true;
  await expect(turns()).rejects.toThrow('away');
  fails = false;
  expect(await kept()).toHaveLength(4);
  expect(reported).toEqual([]);
});
