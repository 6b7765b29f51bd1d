import { afterEach, expect, test } from '@jest/globals';
import type { ActivitySet, TokenResponse } from '../../../src/channels/webchat/protocol.js';
import { bodyOf, openStream, startChat, type RunningChat } from './running-chat.js';

const DAY_MS = 86_400_000;

let running: RunningChat;
afterEach(async () => running.close());

/** A conversation in which something was said, and the answer of `tokens/generate` it began with. */
async function talk(): Promise<TokenResponse & { readonly resumeToken: string }> {
  const given = await bodyOf<TokenResponse>(
    await running.request('/tokens/generate', { method: 'POST' }),
  );
  const { token, conversationId, resumeToken = '' } = given;
  await running.request('/conversations', { token, json: {} });
  await running.say(conversationId, '1');
  await running.say(conversationId, '2');
  return { ...given, resumeToken };
}

const resume = (token: string, query = '') =>
  running.request(`/tokens/resume${query}`, { method: 'POST', token });

test('a supporter who comes back the next day goes on in the same conversation', async () => {
  running = await startChat();
  const { conversationId, userId, token, resumeToken } = await talk();
  running.pass(DAY_MS);
  expect((await running.request(`/conversations/${conversationId}`, { token })).status).toBe(403);
  const response = await resume(resumeToken, '?watermark=1');
  expect(response.status).toBe(200);
  const again = await bodyOf<TokenResponse>(response);
  expect(again).toEqual({
    conversationId,
    userId,
    token: expect.any(String),
    expires_in: 1800,
    resumeToken: expect.any(String),
  });
  expect(again.resumeToken).not.toBe(resumeToken);
  const path = `/conversations/${conversationId}?watermark=1`;
  const opened = await running.request(path, { token: again.token });
  const stream = await openStream((await bodyOf<{ streamUrl: string }>(opened)).streamUrl);
  await stream.received(1);
  expect(stream.activities).toMatchObject([{ text: '2' }]);
  expect(running.inbounds).toHaveLength(1);
});

test('it may be resumed for sixty days from the last time, and no longer', async () => {
  running = await startChat();
  const { conversationId, resumeToken } = await talk();
  running.pass(60 * DAY_MS - 1000);
  const again = await bodyOf<TokenResponse>(await resume(resumeToken));
  running.pass(1000);
  const late = await resume(resumeToken);
  expect(late.status).toBe(403);
  expect(await bodyOf(late)).toMatchObject({ error: { code: 'TokenExpired' } });
  const last = await resume(again.resumeToken ?? '');
  expect(await bodyOf(last)).toMatchObject({ conversationId });
});

test('a token that resumes does nothing else, and no other resumes', async () => {
  running = await startChat();
  const { conversationId, token, resumeToken } = await talk();
  const path = `/conversations/${conversationId}`;
  const json = { type: 'message', text: 'Bonjour' };
  const answers = [
    await running.request('/conversations', { token: resumeToken, json: {} }),
    await running.request('/tokens/refresh', { method: 'POST', token: resumeToken }),
    await running.request(path, { token: resumeToken }),
    await running.request(`${path}/activities`, { token: resumeToken }),
    await running.request(`${path}/activities`, { token: resumeToken, json }),
    await running.request(`${path}/upload`, { token: resumeToken, json }),
    await resume(token),
    await running.request('/tokens/resume', { method: 'POST' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
  const opened = await bodyOf<{ streamUrl: string }>(await running.request(path, { token }));
  const { searchParams } = new URL(opened.streamUrl);
  expect((await resume(searchParams.get('t') ?? '')).status).toBe(401);
  const stolen = opened.streamUrl.replace(/t=[^&]+/, `t=${resumeToken}`);
  await expect(openStream(stolen)).rejects.toThrow('401');
  expect(running.inbounds).toHaveLength(1);
});

test('only a new token and a resumed one bring another', async () => {
  running = await startChat();
  const { conversationId, token } = await talk();
  for (const response of [
    await running.request('/tokens/refresh', { method: 'POST', token }),
    await running.request(`/conversations/${conversationId}`, { token }),
    await running.request('/conversations', { token, json: {} }),
  ]) {
    expect(response.ok).toBe(true);
    expect(await bodyOf(response)).not.toHaveProperty('resumeToken');
  }
});

test('a conversation the log no longer has up to the watermark is not resumed', async () => {
  running = await startChat();
  const { resumeToken } = await talk();
  expect((await resume(resumeToken, '?watermark=2')).status).toBe(200);
  const gone = await resume(resumeToken, '?watermark=3');
  expect(gone.status).toBe(404);
  expect(await bodyOf(gone)).toMatchObject({ error: { code: 'NotFound' } });
  expect((await resume(resumeToken, '?watermark=x')).status).toBe(400);
  const silent = await bodyOf<TokenResponse>(
    await running.request('/tokens/generate', { method: 'POST' }),
  );
  expect((await resume(silent.resumeToken ?? '')).status).toBe(404);
});

test('resuming counts with the new conversations of an address', async () => {
  running = await startChat({ clientAddress: ({ headers }) => String(headers['x-test']) });
  const { resumeToken } = await talk();
  const from = (address: string) =>
    running.request('/tokens/resume', {
      method: 'POST',
      token: resumeToken,
      headers: { 'x-test': address },
    });
  for (let count = 0; count < 300; count += 1) await from('a');
  const refused = await from('a');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  expect((await from('b')).status).toBe(200);
});

test('a token that was resumed is refreshed and reads like any other', async () => {
  running = await startChat();
  const { conversationId, resumeToken } = await talk();
  running.pass(DAY_MS);
  const { token } = await bodyOf<TokenResponse>(await resume(resumeToken));
  expect((await running.request('/tokens/refresh', { method: 'POST', token })).status).toBe(200);
  const path = `/conversations/${conversationId}/activities`;
  const set = await bodyOf<ActivitySet>(await running.request(path, { token }));
  expect(set.activities).toHaveLength(2);
});
