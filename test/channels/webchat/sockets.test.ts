import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { WebSocket } from 'ws';
import type { ActivitySet, ConversationResponse } from '../../../src/channels/webchat/protocol.js';
import { createTokens } from '../../../src/channels/webchat/token.js';
import { createMemoryLog } from './memory-log.js';
import { NOON, SECRET, bodyOf, openStream, startChat, type RunningChat } from './running-chat.js';

let running: RunningChat;
afterEach(async () => running.close());

async function reconnect(
  { conversationId, token }: ConversationResponse,
  watermark: string,
): Promise<ConversationResponse> {
  const path = `/conversations/${conversationId}?watermark=${watermark}`;
  return bodyOf(await running.request(path, { token }));
}

/** How a WebSocket handshake was answered. */
async function statusOf(streamUrl: string, headers = {}): Promise<number> {
  const socket = new WebSocket(streamUrl, { headers });
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('upgrade', () => resolve(101));
    socket.on('error', reject);
  });
}

describe('a stream', () => {
  test('brings what was said before it opened and what is said after', async () => {
    running = await startChat();
    const { conversationId, streamUrl } = await running.open();
    await running.say(conversationId, '1');
    const stream = await openStream(streamUrl);
    await stream.received(1);
    await running.say(conversationId, '2');
    await running.say(conversationId, '2');
    await running.say(conversationId, '3');
    await stream.received(3);
    expect(stream.activities).toMatchObject([{ text: '1' }, { text: '2' }, { text: '3' }]);
    expect(stream.watermark).toBe('3');
    expect(running.chat.openSockets()).toBe(1);
  });

  test('brings what is said in one tick in one frame', async () => {
    running = await startChat();
    const { conversationId, streamUrl } = await running.open();
    const stream = await openStream(streamUrl);
    await Promise.all(['1', '2', '3'].map((id) => running.say(conversationId, id)));
    await stream.received(3);
    expect(stream.frames).toHaveLength(1);
    expect(running.log.writes).toHaveLength(1);
  });

  test('brings what another process stored, when told of it', async () => {
    running = await startChat();
    const { conversationId, streamUrl } = await running.open();
    const stream = await openStream(streamUrl);
    await running.say('elsewhere', '1');
    const [row] = await running.log.after('elsewhere', 0, 1);
    await running.log.append(conversationId, row === undefined ? [] : [row.activity]);
    running.chat.pushNew(conversationId);
    await stream.received(1);
    expect(stream.activities).toMatchObject([{ text: '1' }]);
  });

  test('a long conversation comes whole, in frames', async () => {
    running = await startChat();
    const { conversationId, streamUrl } = await running.open();
    const ids = Array.from({ length: 230 }, (_none, index) => String(index));
    await Promise.all(ids.map((id) => running.say(conversationId, id)));
    const stream = await openStream(streamUrl);
    await stream.received(230);
    expect(stream.activities.map(({ id }) => id)).toEqual(
      ids.map((id) => `${conversationId}|${id}`),
    );
    expect(stream.frames.length).toBeGreaterThan(1);
  });

  test('shows that an answer is prepared, and stores nothing of it', async () => {
    running = await startChat();
    const { conversationId, streamUrl } = await running.open();
    const stream = await openStream(streamUrl);
    running.chat.showTyping(conversationId);
    await stream.received(1);
    expect(JSON.parse(stream.frames[0] ?? '')).toEqual({
      activities: [
        expect.objectContaining({
          type: 'typing',
          from: { id: 'portevoix', name: 'Campagne', role: 'bot' },
        }),
      ],
    });
    expect(running.log.writes).toEqual([]);
    running.chat.showTyping('nobody');
  });

  test('gives signs of life, and is cut when none comes back', async () => {
    running = await startChat({ keepAliveMs: 50 });
    const opened = await running.open();
    const stream = await openStream(opened.streamUrl);
    while (!stream.frames.includes('')) await once(stream.socket, 'message');
    stream.socket.pause();
    while (running.chat.openSockets() > 0) await new Promise((done) => setTimeout(done, 20));
    stream.socket.resume();
    expect((await stream.closed).code).toBe(1006);
  });

  test('what a client sends on it is nothing but a sign of life', async () => {
    running = await startChat();
    const { conversationId, streamUrl } = await running.open();
    const stream = await openStream(streamUrl);
    stream.socket.send('');
    stream.socket.send('{"type":"message","text":"Bonjour"}');
    await running.say(conversationId, '1');
    await stream.received(1);
    expect(running.inbounds).toHaveLength(1);
    stream.socket.send('a'.repeat(5000));
    expect((await stream.closed).code).toBe(1009);
  });

  test('a second one closes the first', async () => {
    running = await startChat();
    const opened = await running.open();
    const first = await openStream(opened.streamUrl);
    const second = await openStream((await reconnect(opened, '0')).streamUrl);
    expect(await first.closed).toEqual({ code: 1000, reason: 'collision' });
    await running.say(opened.conversationId, '1');
    await second.received(1);
    expect(running.chat.openSockets()).toBe(1);
  });

  test('closes with a reason when the server stops', async () => {
    running = await startChat();
    const opened = await running.open();
    const stream = await openStream(opened.streamUrl);
    await running.chat.close();
    expect(await stream.closed).toEqual({ code: 1001, reason: 'stopping' });
    expect(await statusOf(opened.streamUrl)).toBe(502);
  });

  test('a store that fails closes it, and the operator is told', async () => {
    const after = () => Promise.reject(new Error('away'));
    running = await startChat({ log: { ...createMemoryLog(), after } });
    const { streamUrl } = await running.open();
    const stream = await openStream(streamUrl);
    expect(await stream.closed).toEqual({ code: 1011, reason: 'failed' });
    expect(running.reported).toEqual([new Error('away')]);
  });
});

describe('opening a stream', () => {
  test('takes a minute at most, and a reconnect gives another', async () => {
    running = await startChat();
    const opened = await running.open();
    await running.say(opened.conversationId, '1');
    await running.say(opened.conversationId, '2');
    running.pass(60_000);
    expect(await statusOf(opened.streamUrl)).toBe(403);
    const again = await reconnect(opened, '1');
    expect(again).toMatchObject({ conversationId: opened.conversationId, expires_in: 1800 });
    const stream = await openStream(again.streamUrl);
    await stream.received(1);
    expect(stream.activities).toMatchObject([{ text: '2' }]);
  });

  test.each([
    [
      'another conversation',
      (url: string) => url.replace(/conversations\/[^/]+/, 'conversations/x'),
      403,
    ],
    ['no token', (url: string) => url.replace(/[?&]t=[^&]+/, ''), 401],
    ['a forged token', (url: string) => `${url}A`, 401],
    ['a watermark that is none', (url: string) => url.replace('watermark=0', 'watermark=x'), 400],
  ])('is refused for %s', async (_what, change, status) => {
    running = await startChat();
    const { streamUrl } = await running.open();
    expect(await statusOf(change(streamUrl))).toBe(status);
    expect(running.chat.openSockets()).toBe(0);
  });

  test('the token of the conversation itself does not open it', async () => {
    running = await startChat();
    const { streamUrl, token } = await running.open();
    expect(await statusOf(streamUrl.replace(/t=[^&]+/, `t=${token}`))).toBe(401);
  });

  test('other addresses are left to others', async () => {
    running = await startChat();
    const { streamUrl } = await running.open();
    await expect(statusOf(streamUrl.replace('/stream', '/streams'))).rejects.toThrow('hang up');
  });

  test('without WebSocket it is refused with a reason', async () => {
    running = await startChat();
    const { streamUrl } = await running.open();
    const response = await fetch(streamUrl.replace('ws:', 'http:'));
    expect(response.status).toBe(400);
  });

  test('an address may have a thousand open', async () => {
    running = await startChat({
      clientAddress: ({ headers }) => String(headers['x-test']),
    });
    const tokens = createTokens(SECRET, () => NOON);
    const open = (conversation: string, from: string): Promise<number> => {
      const t = tokens.issue('stream', { conversation, user: 'dl_1' });
      const url = `${running.url.replace('http', 'ws')}/conversations/${conversation}/stream?t=${t}`;
      return statusOf(url, { 'x-test': from });
    };
    const many = Array.from({ length: 1000 }, (_none, index) => open(`c${index}`, 'one'));
    expect(new Set(await Promise.all(many))).toEqual(new Set([101]));
    expect([await open('c1000', 'one'), await open('c1000', 'another')]).toEqual([429, 101]);
  });
});

describe('a client that does not read', () => {
  test('holds one frame of memory, and resumes by watermark', async () => {
    running = await startChat({ keepAliveMs: 200 });
    const opened = await running.open();
    const { hostname, port, pathname, search } = new URL(opened.streamUrl);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    socket.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    await once(socket, 'data');
    socket.pause();
    let largest = 0;
    const after = running.log.after.bind(running.log);
    let reads = 0;
    Object.assign(running.log, {
      after: async (...range: Parameters<typeof after>) => {
        reads += 1;
        const rows = await after(...range);
        largest = Math.max(largest, JSON.stringify(rows).length);
        return rows;
      },
    });
    const words = 'a'.repeat(4000);
    const ids = Array.from({ length: 5000 }, (_none, index) => String(index));
    await Promise.all(ids.map((id) => running.say(opened.conversationId, id, words)));
    while (running.chat.openSockets() > 0) await new Promise((done) => setTimeout(done, 20));
    expect(reads).toBeLessThan(100);
    expect(largest).toBeLessThan(300_000);
    socket.destroy();
    const stream = await openStream((await reconnect(opened, '4990')).streamUrl);
    await stream.received(10);
    expect(stream.watermark).toBe('5000');
  });
});

test('whatever is said and wherever a client breaks off, it gets everything exactly once', async () => {
  running = await startChat({ limits: { on: false } });
  const step = fc.oneof(
    fc.record({ type: fc.constant('say' as const), count: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ type: fc.constant('stream' as const), wait: fc.nat(60) }),
    fc.record({ type: fc.constant('page' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      const opened = await running.open();
      const { conversationId: conversation, token } = opened;
      const said: string[] = [];
      const got: string[] = [];
      let watermark = '0';
      const page = async (): Promise<number> => {
        const path = `/conversations/${conversation}/activities?watermark=${watermark}`;
        const set = await bodyOf<ActivitySet>(await running.request(path, { token }));
        got.push(...set.activities.map(({ id }) => id));
        watermark = set.watermark ?? watermark;
        return set.activities.length;
      };
      const saying: Promise<unknown>[] = [];
      for (const now of steps) {
        if (now.type === 'say') {
          for (let count = 0; count < now.count; count += 1) {
            said.push(`${conversation}|${said.length}`);
            saying.push(running.say(conversation, String(said.length - 1)));
          }
        } else if (now.type === 'page') await page();
        else {
          const stream = await openStream((await reconnect(opened, watermark)).streamUrl);
          await stream.received(Math.min(now.wait, said.length - got.length));
          stream.socket.terminate();
          await stream.closed;
          got.push(...stream.activities.map(({ id }) => id));
          if (stream.activities.length > 0) watermark = stream.watermark;
        }
      }
      await Promise.all(saying);
      while ((await page()) > 0);
      expect(got).toEqual(said);
    }),
    { numRuns: 40 },
  );
});
