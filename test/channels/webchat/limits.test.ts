import { afterEach, expect, test } from '@jest/globals';
import { bodyOf, startChat, type RunningChat } from './running-chat.js';

let running: RunningChat;
afterEach(async () => running.close());

function padded(kilobytes: number): unknown {
  return { type: 'message', text: 'Hi', channelData: { pad: 'a'.repeat(kilobytes * 1024) } };
}

test('a body may have 256 kB', async () => {
  running = await startChat();
  const opened = await running.open();
  expect((await running.post(opened, padded(255))).status).toBe(200);
  const response = await running.post(opened, padded(257));
  expect(response.status).toBe(413);
  expect(await bodyOf(response)).toMatchObject({ error: { code: 'TooLarge' } });
});

test('an upload may have 2 MB', async () => {
  running = await startChat();
  const { conversationId, token } = await running.open();
  const upload = async (size: number) => {
    const body = Buffer.alloc(size);
    const path = `/conversations/${conversationId}/upload`;
    return (await running.request(path, { method: 'POST', token, body })).status;
  };
  expect([await upload(2 * 1024 * 1024), await upload(2 * 1024 * 1024 + 1)]).toEqual([415, 413]);
});

test('a conversation may have ten messages in five seconds', async () => {
  running = await startChat();
  const [opened, other] = [await running.open(), await running.open()];
  const post = async (to = opened) =>
    (await running.post(to, { type: 'message', text: 'a' })).status;
  for (let count = 0; count < 10; count += 1) expect(await post()).toBe(200);
  running.pass(2000);
  const refused = await running.post(opened, { type: 'message', text: 'a' });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
  expect(await post(other)).toBe(200);
  running.pass(3000);
  expect(await post()).toBe(200);
});

test('an address may open 300 conversations in a minute', async () => {
  running = await startChat({ clientAddress: ({ headers }) => String(headers['x-test']) });
  const open = async (from: string) => {
    const headers = { 'x-test': from };
    return (await running.request('/tokens/generate', { method: 'POST', headers })).status;
  };
  for (let count = 0; count < 300; count += 1) await open('a');
  expect([await open('a'), await open('b')]).toEqual([429, 200]);
  const headers = { 'x-test': 'a' };
  expect((await running.request('/conversations', { method: 'POST', headers })).status).toBe(429);
  running.pass(60_000);
  expect(await open('a')).toBe(200);
});

test('limits may be off', async () => {
  running = await startChat({ limits: { on: false } });
  const opened = await running.open();
  for (let count = 0; count < 30; count += 1) {
    expect((await running.post(opened, { type: 'message', text: 'a' })).status).toBe(200);
  }
  for (let count = 0; count < 310; count += 1) await running.open();
  expect(running.inbounds).toHaveLength(341);
});
