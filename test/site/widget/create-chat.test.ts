import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { WebSocket } from 'ws';
import { createChat, TIMING, type Chat } from '../../../src/site/widget/client/create-chat.js';
import type { Snapshot } from '../../../src/site/widget/client/memory.js';
import { openQuestion } from '../../../src/site/widget/client/state.js';
import { createFakeDirectLine } from '../fake-direct-line.js';

const quick = {
  ...TIMING,
  firstRetryMs: 10,
  longestRetryMs: 80,
  pollMs: 20,
  steadyMs: 0,
  echoMs: 40,
};

let fake: ReturnType<typeof createFakeDirectLine>;
let server: Server;
let origin: string;
let saved: { text: string | null };
let chats: Chat[];

beforeEach(async () => {
  fake = createFakeDirectLine({
    opening: (locale) => [{ text: `hello ${locale}` }],
    reply: ({ text }) => [{ text: `heard ${text}` }],
  });
  server = createServer(express().use(fake.app));
  fake.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  saved = { text: null };
  chats = [];
});

afterEach(async () => {
  for (const chat of chats) chat.stop();
  fake.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function openChat(timing = quick, fetcher: typeof fetch = fetch, join?: string): Chat {
  const chat = createChat({
    origin,
    ...(join === undefined ? {} : { join }),
    locale: 'fr',
    timing,
    fetch: fetcher,
    storage: {
      read: () => saved.text,
      write: (text) => (saved.text = text),
      clear: () => (saved.text = null),
    },
    newKey: randomUUID,
    openSocket,
    sendForm: () => ({ status: Promise.resolve(undefined), abort: () => undefined }),
  });
  chats.push(chat);
  chat.start();
  return chat;
}

/** A socket as a browser has it: a refusal is told by its closing, not by an error. */
function openSocket(url: string): WebSocket {
  return new WebSocket(url).on('error', () => {});
}

/** Resolves when the chat looks as asked. */
async function until(chat: Chat, check: (snapshot: Snapshot) => boolean): Promise<void> {
  if (check(chat.get())) return;
  await new Promise<void>((resolve) => {
    const stop = chat.subscribe((snapshot) => {
      if (!check(snapshot)) return;
      stop();
      resolve();
    });
  });
}

function transcript({ state }: Snapshot): string[] {
  return state.entries.map((entry) => (entry.type === 'restart' ? '—' : entry.text));
}

const shows = (chat: Chat, lines: string[]) =>
  until(chat, (now) => JSON.stringify(transcript(now)) === JSON.stringify(lines));

describe('the chat', () => {
  test('opens a conversation in the language of the page and shows what is said', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    chat.say('bonjour');
    expect(chat.get().state.outgoing).toMatchObject([{ text: 'bonjour', state: 'queued' }]);
    await shows(chat, ['hello fr', 'bonjour', 'heard bonjour']);
    expect(chat.get().state.outgoing).toEqual([]);
    expect(chat.get().link).toBe('online');
  });

  test('resumes after a reload with what was said meanwhile, and says nothing twice', async () => {
    const first = openChat();
    await shows(first, ['hello fr']);
    first.stop();
    fake.say({ text: 'news' });
    const second = openChat();
    await shows(second, ['hello fr', 'news']);
    expect(fake.seen.openings).toBe(1);
  });

  test('comes back after the socket is cut without loss or doubles', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    await until(chat, ({ link }) => link === 'online');
    fake.cut();
    fake.say({ text: 'one' });
    fake.say({ text: 'two' });
    await shows(chat, ['hello fr', 'one', 'two']);
  });

  test('polls when sockets cannot be opened', async () => {
    fake.faults.sockets = true;
    const chat = openChat();
    await shows(chat, ['hello fr']);
    expect(fake.seen.polls).toBeGreaterThan(0);
    chat.say('bonjour');
    await shows(chat, ['hello fr', 'bonjour', 'heard bonjour']);
    expect(chat.get().link).toBe('online');
  });

  test('posts again with the same id until the server has the message, once', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    fake.faults.posts.push({ status: 503 }, { status: 502, taken: true });
    chat.say('one');
    chat.say('two');
    await shows(chat, ['hello fr', 'one', 'heard one', 'two', 'heard two']);
    const keys = fake.seen.posts.map(({ channelData }) => channelData?.clientActivityID);
    expect(keys.length).toBeGreaterThan(2);
    expect(new Set(keys).size).toBe(2);
    expect(fake.heard()).toEqual(['one', 'two']);
  });

  test('keeps a message as waiting while the server asks for patience', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    fake.faults.posts.push({ status: 429, retryAfter: 60 });
    chat.say('one');
    await until(chat, ({ state }) => state.outgoing[0]?.state === 'waiting');
    expect(fake.seen.posts).toHaveLength(1);
    chat.retry(chat.get().state.outgoing[0]?.key ?? '');
    await shows(chat, ['hello fr', 'one', 'heard one']);
  });

  test('sends what was written offline once the network is back', async () => {
    let isOffline = true;
    const chat = openChat(quick, (...request) =>
      isOffline ? Promise.reject(new TypeError('Failed to fetch')) : fetch(...request),
    );
    chat.sleep();
    chat.say('one');
    expect(chat.get().link).toBe('offline');
    isOffline = false;
    chat.wake();
    await shows(chat, ['hello fr', 'one', 'heard one']);
  });

  test('keeps unsent messages over a reload', async () => {
    const first = openChat(quick, () => Promise.reject(new TypeError('Failed to fetch')));
    first.say('one');
    first.stop();
    const second = openChat();
    await shows(second, ['hello fr', 'one', 'heard one']);
  });

  test('marks as failed what the server will never take, and goes on', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    fake.faults.posts.push({ status: 413 });
    chat.say('too long');
    chat.say('short');
    await shows(chat, ['hello fr', 'short', 'heard short']);
    expect(chat.get().state.outgoing).toMatchObject([{ text: 'too long', state: 'failed' }]);
  });

  test('begins anew when the token is no longer good, and keeps the old words in view', async () => {
    const first = openChat();
    await shows(first, ['hello fr']);
    first.stop();
    fake.end();
    const second = openChat();
    await shows(second, ['hello fr', '—', 'hello fr']);
    second.say('again');
    await shows(second, ['hello fr', '—', 'hello fr', 'again', 'heard again']);
  });

  test('begins anew when a post is refused, and leaves the message to the supporter', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    fake.end();
    chat.say('late', 'choose:1:yes');
    await shows(chat, ['hello fr', '—', 'hello fr']);
    const [message] = chat.get().state.outgoing;
    expect(message).toEqual({ ...message, text: 'late', state: 'failed' });
    expect(message).not.toHaveProperty('value');
    chat.retry(message?.key ?? '');
    await shows(chat, ['hello fr', '—', 'hello fr', 'late', 'heard late']);
  });

  test('goes on in the same conversation when it is opened again after the token has ended', async () => {
    const first = openChat();
    await shows(first, ['hello fr']);
    first.say('one');
    await shows(first, ['hello fr', 'one', 'heard one']);
    first.stop();
    fake.expire();
    fake.say({ text: 'news' });
    const second = openChat();
    await shows(second, ['hello fr', 'one', 'heard one', 'news']);
    second.say('two');
    await shows(second, ['hello fr', 'one', 'heard one', 'news', 'two', 'heard two']);
    expect(fake.seen).toMatchObject({ openings: 1, resumptions: 1 });
  });

  test('can be resumed again and again, each time by the newest token', async () => {
    const tokens = new Set<string | undefined>();
    for (let visit = 1; visit <= 3; visit += 1) {
      const chat = openChat();
      await until(chat, ({ link }) => link === 'online');
      await shows(chat, ['hello fr']);
      tokens.add(chat.get().state.conversation?.resumeToken);
      chat.stop();
      fake.expire();
    }
    expect(tokens.size).toBe(3);
    expect(fake.seen).toMatchObject({ openings: 1, resumptions: 2 });
  });

  test('keeps what resumes it when the token is renewed', async () => {
    fake.grantFor(0);
    const chat = openChat();
    await shows(chat, ['hello fr']);
    const before = chat.get().state.conversation;
    fake.grantFor(1800);
    chat.wake();
    await until(chat, ({ state }) => (state.conversation?.renewAt ?? 0) > Date.now() + 60_000);
    expect(before?.resumeToken).toEqual(expect.any(String));
    expect(chat.get().state.conversation).toMatchObject({ resumeToken: before?.resumeToken });
    expect(chat.get().state.conversation?.token).not.toBe(before?.token);
  });

  test('sends a message written after the token has ended, choice and all', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    fake.expire();
    chat.say('late', 'choose:1:yes');
    await shows(chat, ['hello fr', 'late', 'heard late']);
    expect(fake.seen.posts.at(-1)?.value).toBe('choose:1:yes');
    expect(fake.seen).toMatchObject({ openings: 1, resumptions: 1 });
  });

  test('resumes where sockets cannot be opened', async () => {
    fake.faults.sockets = true;
    const chat = openChat();
    await shows(chat, ['hello fr']);
    await until(chat, ({ link }) => link === 'online');
    fake.expire();
    fake.say({ text: 'news' });
    await shows(chat, ['hello fr', 'news']);
    expect(fake.seen).toMatchObject({ openings: 1, resumptions: 1 });
  });

  test('waits for a server that is busy, before it gives the conversation up', async () => {
    const first = openChat();
    await shows(first, ['hello fr']);
    first.stop();
    fake.expire();
    fake.faults.resumes.push({ status: 503 }, { status: 503 }, { status: 503 });
    const second = openChat();
    second.say('back');
    await shows(second, ['hello fr', 'back', 'heard back']);
    expect(fake.seen.openings).toBe(1);
  });

  test('begins anew when the server no longer has the conversation', async () => {
    const first = openChat();
    await shows(first, ['hello fr']);
    first.stop();
    fake.expire();
    fake.faults.resumes.push({ status: 404 });
    const second = openChat();
    await shows(second, ['hello fr', '—', 'hello fr']);
  });

  test('forgets on demand, leaving nothing in storage, and opens another conversation', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    chat.say('a secret');
    await shows(chat, ['hello fr', 'a secret', 'heard a secret']);
    const { conversation } = chat.get().state;
    fake.faults.posts.push({ status: 429, retryAfter: 600 });
    chat.say('another secret');
    await until(chat, ({ state }) => state.outgoing[0]?.state === 'waiting');
    chat.forget();
    expect(saved.text).toBeNull();
    expect(chat.get().state).toEqual({ entries: [], outgoing: [] });
    await shows(chat, ['hello fr']);
    expect(saved.text).not.toContain('secret');
    expect(chat.get().state.conversation?.id).not.toBe(conversation?.id);
    chat.say('hello');
    await shows(chat, ['hello fr', 'hello', 'heard hello']);
    expect(fake.heard()).toEqual(['a secret', 'hello']);
  });

  test('forgets while an answer of the server is on its way, and does not take it in', async () => {
    const first = openChat();
    await shows(first, ['hello fr']);
    const id = first.get().state.conversation?.id;
    first.stop();
    const steps = new EventEmitter();
    const asking = once(steps, 'asked');
    const answered = once(steps, 'answered');
    const second = openChat(quick, async (...request) => {
      const response = await fetch(...request);
      steps.emit('asked');
      await answered;
      return response;
    });
    await asking;
    second.forget();
    steps.emit('answered');
    await shows(second, ['hello fr']);
    expect(second.get().state.conversation?.id).not.toBe(id);
    expect(fake.seen.openings).toBe(2);
  });

  test('lets go of what another window forgot', async () => {
    const first = openChat();
    await shows(first, ['hello fr']);
    first.say('a secret');
    await shows(first, ['hello fr', 'a secret', 'heard a secret']);
    first.letGo();
    await shows(first, ['hello fr']);
    expect(saved.text).not.toContain('secret');
  });

  test('takes a fresh token before the old one ends', async () => {
    fake.grantFor(0);
    const chat = openChat();
    await shows(chat, ['hello fr']);
    fake.grantFor(1800);
    chat.wake();
    await until(chat, ({ state }) => (state.conversation?.renewAt ?? 0) > Date.now() + 60_000);
    expect(fake.seen.renewals).toBe(1);
  });

  test('looks for the echo when the socket has gone silent', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    await until(chat, ({ link }) => link === 'online');
    fake.faults.deaf = true;
    chat.say('anyone?');
    await until(chat, ({ state }) => state.outgoing[0]?.state === 'sent');
    fake.faults.deaf = false;
    await shows(chat, ['hello fr', 'anyone?', 'heard anyone?']);
  });

  test('drops a socket that gives no sign of life, and learns what it missed', async () => {
    const chat = openChat({ ...quick, silentMs: -1 });
    await shows(chat, ['hello fr']);
    await until(chat, ({ link }) => link === 'online');
    fake.faults.deaf = true;
    fake.say({ text: 'missed' });
    fake.faults.deaf = false;
    chat.wake();
    await shows(chat, ['hello fr', 'missed']);
  });

  test('shows typing until the answer comes', async () => {
    const chat = openChat();
    await until(chat, ({ link }) => link === 'online');
    fake.type();
    await until(chat, ({ typing }) => typing);
    fake.say({ text: 'here' });
    await until(chat, ({ typing }) => !typing);
    await shows(chat, ['hello fr', 'here']);
  });

  test('yields the socket to another window of the same conversation and goes on by polling', async () => {
    const first = openChat();
    await until(first, ({ link }) => link === 'online');
    await shows(first, ['hello fr']);
    const second = openChat();
    await until(second, ({ link }) => link === 'online');
    second.say('from the second');
    await shows(first, ['hello fr', 'from the second', 'heard from the second']);
    await shows(second, ['hello fr', 'from the second', 'heard from the second']);
  });

  test('offers the buttons of the last question until it is answered', async () => {
    const chat = openChat();
    await shows(chat, ['hello fr']);
    const question = { turn: 1, answer: 'choice', options: [{ value: 'a', label: 'A' }] };
    fake.say({ text: 'which?', channelData: { portevoix: question } });
    await until(chat, ({ state }) => openQuestion(state)?.question?.turn === 1);
    fake.say({ text: 'by the way' });
    await shows(chat, ['hello fr', 'which?', 'by the way']);
    expect(openQuestion(chat.get().state)?.text).toBe('which?');
    chat.say('A', 'choose:1:a');
    expect(openQuestion(chat.get().state)).toBeUndefined();
  });
});

describe('a link that goes on here with a conversation', () => {
  /** The bodies that opened conversations. */
  const opened: unknown[] = [];
  const watching: typeof fetch = async (input, init) => {
    const isOpening = input === `${origin}/directline/v3/directline/conversations`;
    if (isOpening) opened.push(init?.body);
    return fetch(input, init);
  };
  beforeEach(() => void opened.splice(0));

  test('is told to the server once, with the conversation that it opens', async () => {
    const chat = openChat(quick, watching, 'payload');
    await until(chat, ({ link, state }) => link === 'online' && state.entries.length > 0);
    expect(opened).toEqual([JSON.stringify({ locale: 'fr', join: 'payload' })]);
    const { conversation } = chat.get().state;
    chat.stop();

    // In a browser that has a conversation already, it is that one which goes on.
    const again = openChat(quick, watching, 'another');
    await until(again, ({ link }) => link === 'online');
    expect(opened.at(-1)).toBe(JSON.stringify({ locale: 'fr', join: 'another' }));
    expect(again.get().state.conversation?.id).toBe(conversation?.id);
  });
});
