import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/connection.js';
import { openKeyboards, type Keyboards } from '../../src/store/keyboards.js';
import { openHere } from './support.js';

type Chosen = { readonly chosen: readonly number[] };
let store: Store;
let close: () => Promise<void>;
let keyboards: Keyboards<Chosen>;
beforeEach(async () => {
  ({ store, close } = await openHere());
  keyboards = openKeyboards<Chosen>(store.connection, () => Date.UTC(2030, 0, 1));
  await keyboards.table.createIndexes();
});
afterEach(() => close());

test('a keyboard is found by channel, address and turn', async () => {
  await keyboards.put('telegram', '7', 3, { chosen: [1] });
  expect(await keyboards.get('telegram', '7', 3)).toEqual({ chosen: [1] });
  expect(await keyboards.get('telegram', '7', 4)).toBeUndefined();
  expect(await keyboards.get('telegram', '8', 3)).toBeUndefined();
  expect(await keyboards.get('whatsapp', '7', 3)).toBeUndefined();
});

test('the last change of a keyboard counts, also when two come at once', async () => {
  await Promise.all([
    keyboards.put('telegram', '7', 3, { chosen: [1] }),
    keyboards.put('telegram', '7', 3, { chosen: [1] }),
  ]);
  await keyboards.put('telegram', '7', 3, { chosen: [1, 2] });
  expect(await keyboards.get('telegram', '7', 3)).toEqual({ chosen: [1, 2] });
  expect(await keyboards.table.count({})).toBe(1);
});

test('the keyboards of an address go together, and no others', async () => {
  for (const address of ['7', '71', '6', '8']) {
    for (const turn of [1, 12]) await keyboards.put('telegram', address, turn, { chosen: [] });
  }
  await keyboards.put('whatsapp', '7', 1, { chosen: [] });
  await keyboards.erase('telegram', '7');
  const left = (await keyboards.table.find({})).map(({ _id }) => _id).sort();
  expect(left).toEqual([
    'telegram:6:1',
    'telegram:6:12',
    'telegram:71:1',
    'telegram:71:12',
    'telegram:8:1',
    'telegram:8:12',
    'whatsapp:7:1',
  ]);
});
