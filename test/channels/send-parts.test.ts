import { beforeEach, expect, test } from '@jest/globals';
import type { SendResult } from '../../src/channels/channel.js';
import { createSendParts, type SendParts } from '../../src/channels/send-parts.js';

const THROTTLED: SendResult = { type: 'failed', reason: 'throttled' };

let sent: string[];
let failing: Set<string>;
let sendParts: SendParts;
beforeEach(() => {
  sent = [];
  failing = new Set();
  sendParts = createSendParts();
});

async function send(part: string): Promise<SendResult> {
  if (failing.has(part)) return THROTTLED;
  sent.push(part);
  return { type: 'sent', id: part };
}

test('parts go out in order, and the last one names the message', async () => {
  expect(await sendParts('léa', { id: '1' }, ['a', 'b'], send)).toEqual({ type: 'sent', id: 'b' });
  expect(sent).toEqual(['a', 'b']);
});

test('a retry goes on after the parts that went out', async () => {
  failing.add('b');
  expect(await sendParts('léa', { id: '1' }, ['a', 'b', 'c'], send)).toEqual(THROTTLED);
  failing.clear();
  expect(await sendParts('léa', { id: '1' }, ['a', 'b', 'c'], send)).toMatchObject({ id: 'c' });
  expect(sent).toEqual(['a', 'b', 'c']);
});

test('another message, and another address, begin at their first part', async () => {
  failing.add('b');
  await sendParts('léa', { id: '1' }, ['a', 'b'], send);
  failing.clear();
  await sendParts('zoé', { id: '1' }, ['a', 'b'], send);
  await sendParts('léa', { id: '2' }, ['a', 'b'], send);
  expect(sent).toEqual(['a', 'a', 'b', 'a', 'b']);
});
