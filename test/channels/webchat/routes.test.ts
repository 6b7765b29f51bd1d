import { afterEach, expect, test } from '@jest/globals';
import { bodyOf, startChat, type RunningChat } from './running-chat.js';

let running: RunningChat;
afterEach(async () => running.close());

test('any site may ask', async () => {
  running = await startChat();
  const headers = {
    origin: 'https://example.org',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,x-ms-bot-agent',
  };
  const asked = await running.request('/conversations', { method: 'OPTIONS', headers });
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-origin')).toBe('*');
  expect(asked.headers.get('access-control-allow-headers')).toBe('authorization,x-ms-bot-agent');
  expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
  const refused = await running.request('/conversations/x', { headers });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('access-control-allow-origin')).toBe('*');
});

test.each([
  ['GET', '/nothing', 404],
  ['GET', '/conversations/x/y', 404],
  ['GET', '/tokens/generate', 405],
  ['GET', '/tokens/resume', 405],
  ['DELETE', '/conversations', 405],
  ['PUT', '/conversations/x/activities', 405],
  ['GET', '/conversations/%E0%A4%A', 400],
])('%s %s is refused with %d in JSON', async (method, path, status) => {
  running = await startChat();
  const response = await running.request(path, { method });
  expect(response.status).toBe(status);
  expect(await bodyOf(response)).toEqual({
    error: { code: expect.any(String), message: expect.any(String) },
  });
  expect(response.headers.has('allow')).toBe(status === 405);
});

test.each([
  ['nothing', ''],
  ['no JSON', '{"type":'],
  ['a word', '"message"'],
  ['null', 'null'],
  ['an operator', '{"type":"message","text":{"$gt":""}}'],
  ['a prototype', '{"type":"message","text":"Hi","__proto__":{"admin":true}}'],
  ['too many characters', JSON.stringify({ type: 'message', text: 'a'.repeat(4001) })],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x7b])],
])('a body of %s is refused with 400', async (_what, body) => {
  running = await startChat();
  const { conversationId, token } = await running.open();
  const path = `/conversations/${conversationId}/activities`;
  const headers = { 'content-type': 'application/json' };
  const response = await running.request(path, { method: 'POST', token, headers, body });
  expect(response.status).toBe(400);
  expect(await bodyOf(response)).toMatchObject({ error: { code: 'BadArgument' } });
  expect(running.inbounds).toHaveLength(1);
  expect(running.reported).toEqual([]);
});

test.each([['-1'], ['1e3'], ['abc'], ['9'.repeat(40)], ['1&watermark=2'], ['%7B%22$gt%22:0%7D']])(
  'a watermark of %s is refused with 400',
  async (watermark) => {
    running = await startChat();
    const { conversationId, token } = await running.open();
    const path = `/conversations/${conversationId}/activities?watermark=${watermark}`;
    expect((await running.request(path, { token })).status).toBe(400);
  },
);
