import { EventEmitter, once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { TokenResponse } from '../../../src/channels/webchat/protocol.js';
import { createMemoryLog } from './memory-log.js';
import { bodyOf, startChat, type RunningChat } from './running-chat.js';
import { freely } from '../freely.js';

let running: RunningChat;
afterEach(async () => running.close());

const hello = { type: 'message', text: 'Bonjour', channelData: { clientActivityID: 'a' } };

describe('opening', () => {
  test('a token is for a new conversation of a supporter nobody can guess', async () => {
    running = await startChat();
    const user = { user: { id: 'dl_mine' } };
    const first = await bodyOf<TokenResponse>(
      await running.request('/tokens/generate', { json: user }),
    );
    const second = await bodyOf<TokenResponse>(
      await running.request('/tokens/generate', { method: 'POST' }),
    );
    expect(first.expires_in).toBe(1800);
    expect(first.userId).toMatch(/^dl_[\w-]{24}$/);
    expect(
      new Set([first.userId, second.userId, first.conversationId, second.conversationId]).size,
    ).toBe(4);
    expect(running.inbounds).toEqual([]);
  });

  test('a conversation opens once, and again with the same token', async () => {
    running = await startChat();
    const { token, conversationId } = await bodyOf<TokenResponse>(
      await running.request('/tokens/generate', { method: 'POST' }),
    );
    const first = await running.request('/conversations', { token, json: { locale: 'fr-FR' } });
    const again = await running.request('/conversations', { token, json: {} });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(await bodyOf(first)).toMatchObject({
      conversationId,
      expires_in: 1800,
      token: expect.stringContaining('.'),
      streamUrl: expect.stringMatching(
        /^ws:\/\/127\.0\.0\.1:\d+\/directline\/v3\/directline\/conversations\//,
      ),
    });
    expect(running.inbounds[0]).toEqual({
      channel: 'web',
      address: conversationId,
      id: 'opened',
      at: Date.UTC(2030, 0, 1, 12),
      locale: 'fr',
      input: { type: 'opened' },
    });
  });

  test('no token opens a new conversation', async () => {
    running = await startChat();
    const [first, second] = [await running.open(), await running.open()];
    expect(first.conversationId).not.toBe(second.conversationId);
    const bare = await running.request('/conversations', { token: 'undefined', method: 'POST' });
    expect(bare.status).toBe(201);
  });

  test.each([
    ['the body', { json: { locale: 'br', user: { locale: 'en' } } }, '?locale=de', 'br'],
    ['the supporter in the body', { json: { user: { locale: 'en-GB' } } }, '?locale=de', 'en'],
    ['the query', { json: { user: {} } }, '?locale=de', 'de'],
    ['the browser', { json: {} }, '', 'fr'],
  ])('takes the language from %s', async (_where, init, query, language) => {
    running = await startChat();
    const headers = { 'accept-language': 'fr-FR,fr;q=0.9' };
    await running.request(`/conversations${query}`, { ...init, headers });
    expect(running.inbounds[0]?.locale).toBe(language);
  });

  test('a token is renewed for the same conversation and supporter', async () => {
    running = await startChat();
    const { token, conversationId, userId } = await running.open();
    running.pass(1_700_000);
    const response = await running.request('/tokens/refresh', { token, method: 'POST' });
    const renewed = await bodyOf<TokenResponse>(response);
    expect(renewed).toMatchObject({ conversationId, userId, expires_in: 1800 });
    running.pass(1_700_000);
    const page = `/conversations/${conversationId}/activities`;
    expect((await running.request(page, { token: renewed.token })).status).toBe(200);
    expect((await running.request(page, { token })).status).toBe(403);
    expect((await running.request('/tokens/refresh', { token, method: 'POST' })).status).toBe(403);
  });
});

describe('tokens', () => {
  test.each([
    ['/conversations/ID', 'GET'],
    ['/conversations/ID/activities', 'GET'],
    ['/conversations/ID/activities', 'POST'],
    ['/conversations/ID/upload', 'POST'],
  ])('%s %s needs one of that conversation', async (template, method) => {
    running = await startChat();
    const [mine, yours] = [await running.open(), await running.open()];
    const path = template.replace('ID', mine.conversationId);
    const none = await running.request(path, { method });
    const forged = await running.request(path, { method, token: `${mine.token}x` });
    const others = await running.request(path, { method, token: yours.token });
    running.pass(1_800_000);
    const expired = await running.request(path, { method, token: mine.token });
    expect([none.status, forged.status, others.status, expired.status]).toEqual([
      401, 401, 403, 403,
    ]);
    expect(await bodyOf(expired)).toEqual({
      error: { code: 'TokenExpired', message: 'The token has expired.' },
    });
    expect(running.inbounds.every(({ input }) => input.type === 'opened')).toBe(true);
  });
});

describe('posting', () => {
  test('a message is taken in, and the answer names it', async () => {
    running = await startChat();
    const opened = await running.open();
    const response = await running.post(opened, { ...hello, from: { id: 'dl_somebody' } });
    const { id } = await bodyOf<{ id: string }>(response);
    const inbound = running.inbounds.at(-1);
    expect(response.status).toBe(200);
    expect(inbound).toMatchObject({
      address: opened.conversationId,
      input: { type: 'said', text: 'Bonjour' },
    });
    expect(id).toBe(`${opened.conversationId}|${inbound?.id}`);
    expect(inbound?.echo).toMatchObject({ id, from: { id: opened.userId, role: 'user' } });
  });

  test('the answer comes only when the turn is saved', async () => {
    const saving = new EventEmitter();
    const saved = once(saving, 'saved');
    running = await startChat({
      receive: async ({ input }) => {
        if (input.type === 'said') await saved;
        return 'taken';
      },
    });
    let answered = false;
    const opened = await running.open();
    const answer = running.post(opened, hello).then((response) => {
      answered = true;
      return response;
    });
    while (running.inbounds.length < 2) await new Promise(setImmediate);
    expect(answered).toBe(false);
    saving.emit('saved');
    expect((await answer).status).toBe(200);
  });

  test('a message posted again has the same id', async () => {
    running = await startChat();
    const opened = await running.open();
    const answers = [await running.post(opened, hello), await running.post(opened, hello)];
    const [first, second] = await Promise.all(answers.map((answer) => bodyOf(answer)));
    expect(second).toEqual(first);
  });

  test('what is not a message is accepted and not taken in', async () => {
    running = await startChat();
    const opened = await running.open();
    for (const type of ['event', 'typing', 'conversationUpdate', 'endOfConversation', 'invoke']) {
      const response = await running.post(opened, { type, text: 'Bonjour', name: 'x' });
      expect(response.status).toBe(200);
      expect(await bodyOf(response)).toEqual({ id: expect.stringContaining('|') });
    }
    expect(running.inbounds).toHaveLength(1);
  });

  test('waits are asked for when too much is still to be sent', async () => {
    running = await startChat({
      receive: async ({ input }) => (input.type === 'opened' ? 'taken' : 'busy'),
    });
    const response = await running.post(await running.open(), hello);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('a failure on our side is told to the operator, not to the client', async () => {
    running = await startChat({
      receive: async ({ input }) => {
        if (input.type === 'said') throw new Error('no disk at /srv/data');
        return 'taken';
      },
    });
    const response = await running.post(await running.open(), hello);
    expect(response.status).toBe(502);
    expect(await response.text()).not.toMatch(/disk|srv|\.ts/);
    expect(running.reported).toEqual([new Error('no disk at /srv/data')]);
  });
});

describe('reading', () => {
  test('the supporter’s words and ours come in the order they were said', async () => {
    running = await startChat();
    const opened = await running.open();
    await running.post(opened, hello);
    const echo = running.inbounds.at(-1)?.echo ?? null;
    const { conversationId, token } = opened;
    const sent = await Promise.all([
      running.chat.send(conversationId, { id: 'e', at: 0, type: 'echo', echo }, freely),
      running.say(conversationId, '1.0', 'Bonjour !'),
      running.say(conversationId, '1.0', 'Bonjour !'),
    ]);
    expect(new Set(sent.map((result) => JSON.stringify(result)))).toEqual(
      new Set(['{"type":"sent"}']),
    );
    const path = `/conversations/${conversationId}/activities`;
    const all = await bodyOf(await running.request(path, { token }));
    expect(all).toMatchObject({
      activities: [
        { text: 'Bonjour', from: { role: 'user' }, channelData: { clientActivityID: 'a' } },
        { text: 'Bonjour !', from: { role: 'bot' } },
      ],
      watermark: '2',
    });
    const rest = await bodyOf(await running.request(`${path}?watermark=1`, { token }));
    expect(rest).toMatchObject({ activities: [{ text: 'Bonjour !' }], watermark: '2' });
    const none = await bodyOf(await running.request(`${path}?watermark=2`, { token }));
    expect(none).toEqual({ activities: [], watermark: '2' });
  });

  test('an echo of another conversation is rejected', async () => {
    running = await startChat();
    await running.post(await running.open(), hello);
    const echo = running.inbounds.at(-1)?.echo ?? null;
    const result = await running.chat.send('other', { id: 'e', at: 0, type: 'echo', echo }, freely);
    expect(result).toEqual({ type: 'failed', reason: 'rejected' });
  });

  test('a store that fails leaves the send in doubt', async () => {
    const append = () => Promise.reject(new Error('away'));
    running = await startChat({ log: { ...createMemoryLog(), append } });
    expect(await running.say('c', '1')).toEqual({ type: 'failed', reason: 'in_doubt' });
    expect(running.reported).toEqual([new Error('away')]);
  });
});
