import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import type {
  ActivitySet,
  ConversationResponse,
  MessageActivity,
} from '../../src/channels/webchat/protocol.js';
import { launch, type Launched } from './launch.js';
import { openVisitor, type Visitor } from './visitor.js';

const LONGEST_MS = 300_000;

let owner: Launched;
let joiner: Launched;
let listeners: Listener[];

beforeAll(async () => {
  owner = await launch({ RATE_LIMITS: 'off' });
  // The same data, another port: it joins the store that the first one serves.
  joiner = await launch({ RATE_LIMITS: 'off', DATA_DIR: owner.dataDir });
}, LONGEST_MS);

beforeEach(() => {
  listeners = [];
});
afterEach(() => {
  for (const { socket } of listeners) socket.terminate();
});

/** The last test kills the joiner. */
afterAll(async () => {
  await joiner?.remove();
  await owner?.remove();
}, LONGEST_MS);

/** A socket of a conversation on one process, and the messages it was sent. */
type Listener = { readonly socket: WebSocket; readonly messages: MessageActivity[] };

const base = ({ url }: Launched): string => `${url}/directline/v3/directline/conversations`;

async function listen(process: Launched, { conversation, token }: Visitor): Promise<Listener> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${base(process)}/${conversation}`, { headers });
  const opened: ConversationResponse = JSON.parse(await answer.text());
  const socket = new WebSocket(opened.streamUrl);
  const messages: MessageActivity[] = [];
  // A process that is killed cuts its sockets.
  socket.on('error', () => socket.terminate());
  socket.on('message', (frame: Buffer) => {
    if (frame.length === 0) return;
    const set: ActivitySet = JSON.parse(frame.toString());
    messages.push(...messagesOf(set));
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const listener = { socket, messages };
  listeners.push(listener);
  return listener;
}

/** Posts through one process, once. */
async function post(process: Launched, visitor: Visitor, text: string): Promise<void> {
  const answer = await fetch(`${base(process)}/${visitor.conversation}/activities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${visitor.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      from: { id: 'anyone' },
      text,
      channelData: { clientActivityID: randomUUID() },
    }),
  });
  expect(answer.status).toBe(200);
}

function messagesOf({ activities }: ActivitySet): MessageActivity[] {
  return activities.filter((activity) => activity.type === 'message');
}

async function until(check: () => boolean): Promise<void> {
  while (!check()) await sleep(20);
}

const isOurs = ({ from }: MessageActivity): boolean => from.role === 'bot';
const idsOf = (messages: readonly MessageActivity[]): string[] => messages.map(({ id }) => id);
const theirWords = (messages: readonly MessageActivity[]): (string | undefined)[] =>
  messages.filter((message) => !isOurs(message)).map(({ text }) => text);

/** Whether the last word is ours, after so many answers. */
function isAsked(messages: readonly MessageActivity[], answered: number): boolean {
  const last = messages.at(-1);
  return theirWords(messages).length === answered && last !== undefined && isOurs(last);
}

/** Every socket was sent what the log has: each message once, in order. */
async function expectSame({ conversation, token }: Visitor, all: readonly Listener[]) {
  let ids: readonly string[];
  do {
    // Asked of the process that outlives every test.
    const answer = await fetch(`${base(owner)}/${conversation}/activities`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const set: ActivitySet = JSON.parse(await answer.text());
    ids = idsOf(messagesOf(set));
    await sleep(300);
  } while (all.some(({ messages }) => new Set(idsOf(messages)).size !== ids.length));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { messages } of all) expect(idsOf(messages)).toEqual(ids);
}

test(
  'two processes take turns of one supporter, and a socket of each shows every word once',
  async () => {
    const visitor = await openVisitor(owner.url);
    const all = [await listen(owner, visitor), await listen(joiner, visitor)];
    await until(() => all.every(({ messages }) => isAsked(messages, 0)));
    const answers = ['Oui', 'lea.chez.exemple', 'lea@exemple.org', '35000', '1', 'Non'];
    for (const [turn, answer] of answers.entries()) {
      await post(turn % 2 === 0 ? owner : joiner, visitor, answer);
      // The socket of the process that did not take the turn learns of it from the store.
      await until(() => all.every(({ messages }) => isAsked(messages, turn + 1)));
    }
    await expectSame(visitor, all);
    for (const { messages } of all) expect(theirWords(messages)).toEqual(answers);
    const asked = all[0]?.messages.filter(isOurs).map(({ text = '' }) => text) ?? [];
    expect(asked.some((text) => text.includes('Je ne reconnais pas cette adresse'))).toBe(true);
    expect(asked.at(-1)).toContain('c’est noté');
  },
  LONGEST_MS,
);

test(
  'what is posted through both at the same time is taken once, and shown in one order',
  async () => {
    const visitor = await openVisitor(joiner.url);
    const all = [await listen(owner, visitor), await listen(joiner, visitor)];
    await until(() => all.every(({ messages }) => isAsked(messages, 0)));
    const words = Array.from({ length: 20 }, (_none, index) => `bonjour ${index}`);
    const through = (index: number) => (index % 2 === 0 ? owner : joiner);
    await Promise.all(words.map((text, index) => post(through(index), visitor, text)));
    await until(() => all.every(({ messages }) => isAsked(messages, words.length)));
    await until(() => all[0]?.messages.length === all[1]?.messages.length);
    await expectSame(visitor, all);
    for (const { messages } of all) {
      expect(theirWords(messages)).toHaveLength(words.length);
      expect(new Set(theirWords(messages))).toEqual(new Set(words));
    }
  },
  LONGEST_MS,
);

test(
  'a joiner that is killed loses nothing it had taken: the other process says it',
  async () => {
    const visitors = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const visitor = await openVisitor(joiner.url);
        return { visitor, listener: await listen(owner, visitor) };
      }),
    );
    await until(() => visitors.every(({ listener }) => isAsked(listener.messages, 0)));
    await Promise.all(visitors.map(({ visitor }) => post(joiner, visitor, 'Oui')));
    await joiner.kill('SIGKILL');
    await until(() => visitors.every(({ listener }) => isAsked(listener.messages, 1)));
    await Promise.all(
      visitors.map(({ visitor }, index) => post(owner, visitor, `v${index}@exemple.org`)),
    );
    await until(() => visitors.every(({ listener }) => isAsked(listener.messages, 2)));
    for (const [index, { visitor, listener }] of visitors.entries()) {
      await expectSame(visitor, [listener]);
      expect(theirWords(listener.messages)).toEqual(['Oui', `v${index}@exemple.org`]);
      expect(listener.messages.at(-1)?.text).toContain('code postal');
    }
  },
  LONGEST_MS,
);
