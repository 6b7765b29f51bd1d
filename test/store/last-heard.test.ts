import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/connection.js';
import { openLastHeard, type LastHeard } from '../../src/store/last-heard.js';
import { openHere } from './support.js';

const NOON = Date.UTC(2030, 0, 1, 12);
const MINUTE_MS = 60_000;

let store: Store;
let close: () => Promise<void>;
let heard: LastHeard;
beforeEach(async () => {
  ({ store, close } = await openHere());
  heard = openLastHeard(store.connection);
  await heard.table.createIndexes();
});
afterEach(() => close());

test('the latest word of somebody counts, whatever the order', async () => {
  expect(await heard.get('whatsapp', '+336')).toBeUndefined();
  expect(await heard.put('whatsapp', '+336', NOON)).toBe(true);
  expect(await heard.put('whatsapp', '+336', NOON + 2 * MINUTE_MS)).toBe(true);
  expect(await heard.put('whatsapp', '+336', NOON - 9 * MINUTE_MS)).toBe(false);
  expect(await heard.get('whatsapp', '+336')).toBe(NOON + 2 * MINUTE_MS);
  expect(await heard.get('telegram', '+336')).toBeUndefined();
});

test('what is hardly newer is not written again', async () => {
  await heard.put('whatsapp', '+336', NOON);
  expect(await heard.put('whatsapp', '+336', NOON + MINUTE_MS)).toBe(false);
  expect(await heard.get('whatsapp', '+336')).toBe(NOON);
});

test('what another process heard later stays: two keep the latest of both', async () => {
  const at = new Date(NOON + 9 * MINUTE_MS);
  await heard.table.insert({ _id: 'whatsapp:+336', at });
  expect(await heard.put('whatsapp', '+336', NOON)).toBe(false);
  expect(await heard.get('whatsapp', '+336')).toBe(NOON + 9 * MINUTE_MS);
});

test('somebody who is forgotten can be heard again', async () => {
  await heard.put('whatsapp', '+336', NOON);
  await heard.forget('whatsapp', '+336');
  expect(await heard.get('whatsapp', '+336')).toBeUndefined();
  expect(await heard.put('whatsapp', '+336', NOON)).toBe(true);
});
