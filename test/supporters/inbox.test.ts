import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openHandoff } from '../../src/supporters/handoff.js';
import { describeWaiting, findWaiting, listWaiting } from '../../src/supporters/inbox.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { openSupporters, type Supporters } from '../../src/supporters/supporters.js';
import { openHere } from '../store/support.js';

const at = new Date('2030-01-01T12:00:00Z');
const later = new Date('2030-01-01T13:00:00Z');

let close: () => Promise<void>;
let supporters: Supporters;
beforeEach(async () => {
  const { store, close: end } = await openHere();
  close = end;
  supporters = openSupporters(store.connection);
  await supporters.table.createIndexes();
});
afterEach(() => close());

async function waits(id: string, since = at, known: Partial<SupporterRecord> = {}): Promise<void> {
  const stranger = newSupporter(id, 'fr', { channel: 'web', address: id }, at);
  await supporters.save({ ...openHandoff(stranger, 'asked', since), ...known });
}

test('those who wait are listed, the longest first, and nobody who is being erased', async () => {
  await waits('b-late', later);
  await waits('a-early');
  await waits('c-erased', at, { erasing: later });
  await supporters.save(newSupporter('d-talks', 'fr', { channel: 'web', address: 'd' }, at));
  expect((await listWaiting(supporters)).map(({ _id }) => _id)).toEqual(['a-early', 'b-late']);
});

test('a reference finds whoever it begins, and nothing finds nobody', async () => {
  await waits('3f2c71aa-1');
  await waits('3f2c71aa-2');
  const found = async (reference: string): Promise<string[]> =>
    (await findWaiting(supporters, reference)).map(({ _id }) => _id).sort();
  expect(await found(' 3F2C71AA ')).toEqual(['3f2c71aa-1', '3f2c71aa-2']);
  expect(await found('3f2c71aa-2')).toEqual(['3f2c71aa-2']);
  expect(await found('2c71')).toEqual([]);
  expect(await found(' ')).toEqual([]);
});

test('whoever waits is shown with their name where it is known', async () => {
  await waits('3f2c71aa-1', at, { first_name: 'Léa' });
  const [record] = await listWaiting(supporters);
  expect(record && describeWaiting(record)).toEqual({
    reference: '3f2c71aa',
    id: '3f2c71aa-1',
    since: '2030-01-01T12:00:00.000Z',
    until: '2030-01-02T12:00:00.000Z',
    language: 'fr',
    channel: 'web',
    name: 'Léa',
    reason: 'asked',
  });
  expect(describeWaiting(newSupporter('d', 'fr', { channel: 'web', address: 'd' }, at))).toBe(
    undefined,
  );
});
