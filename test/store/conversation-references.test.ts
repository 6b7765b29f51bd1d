import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/connection.js';
import {
  openConversationReferences,
  type ConversationReferences,
} from '../../src/store/conversation-references.js';
import { openHere } from './support.js';

type Reference = { readonly serviceUrl: string };
const FRANCE: Reference = { serviceUrl: 'https://connector.example/fr/' };
const ELSEWHERE: Reference = { serviceUrl: 'https://connector.example/emea/' };

let store: Store;
let close: () => Promise<void>;
let references: ConversationReferences<Reference>;
beforeEach(async () => {
  ({ store, close } = await openHere());
  references = openConversationReferences<Reference>(store.connection);
});
afterEach(() => close());

test('the latest reference of an address counts, and the same again is no news', async () => {
  expect(await references.get('botframework', 'a')).toBeUndefined();
  expect(await references.put('botframework', 'a', FRANCE)).toBe(true);
  expect(await references.put('botframework', 'a', FRANCE)).toBe(false);
  expect(await references.put('botframework', 'a', ELSEWHERE)).toBe(true);
  expect(await references.get('botframework', 'a')).toEqual(ELSEWHERE);
  expect(await references.get('botframework', 'b')).toBeUndefined();
  expect(await references.get('web', 'a')).toBeUndefined();
});

test('of two that come at once one is kept', async () => {
  await Promise.all([FRANCE, ELSEWHERE].map((one) => references.put('botframework', 'a', one)));
  expect(await references.table.count({})).toBe(1);
});

test('what was forgotten by another process is kept again', async () => {
  await references.put('botframework', 'a', FRANCE);
  // As another process does it: past whatever this one remembers.
  await references.table.remove({ _id: 'botframework:a' });
  expect(await references.put('botframework', 'a', FRANCE)).toBe(true);
  await references.forget('botframework', 'a');
  expect(await references.get('botframework', 'a')).toBeUndefined();
});
