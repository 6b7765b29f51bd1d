import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { launch, type Launched } from './launch.js';
import { openVisitor, type Visitor } from './visitor.js';

const DIRECT_LINE = '/directline/v3/directline';
/** Sockets held open at once, in rounds. */
const SOCKETS = Number(process.env['SOCKETS'] ?? 1_000);
const AT_ONCE = 50;
const MEGABYTE = 1_048_576;

let launched: Launched;
let lea: Visitor;
let tom: Visitor;
beforeAll(async () => {
  launched = await launch();
  lea = await openVisitor(launched.url);
  tom = await openVisitor(launched.url);
}, 60_000);
afterAll(async () => {
  expect(launched.output()).not.toMatch(/"level":(50|60)/);
  await launched.remove();
});

type Sent = { status: number; text: string; type: string };

async function send(
  path: string,
  options: { method?: string; body?: string; token?: string; type?: string } = {},
): Promise<Sent> {
  const { method = 'POST', body, token, type = 'application/json' } = options;
  const answer = await fetch(`${launched.url}${path}`, {
    method,
    headers: {
      'content-type': type,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: answer.status,
    text: await answer.text(),
    type: answer.headers.get('content-type') ?? '',
  };
}

function activitiesOf({ conversation }: Visitor): string {
  return `${DIRECT_LINE}/conversations/${conversation}/activities`;
}

/** A clear refusal: 4xx, a code and a sentence, nothing of our inside. */
function expectRefusal(sent: Sent): void {
  expect(sent.status).toBeGreaterThanOrEqual(400);
  expect(sent.status).toBeLessThan(500);
  expect(sent.type).toMatch(/json/);
  const { error } = JSON.parse(sent.text) as { error: { code: string; message: string } };
  expect(error.code).toMatch(/^\w+$/);
  expect(error.message.length).toBeGreaterThan(5);
  expect(sent.text).not.toMatch(/node_modules|\bat .*\.[jt]s:|Error:|Mongo|zod/i);
}

const NONSENSE = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '42',
  '{"type":{"$ne":null}}',
  '{"type":"message","from":{"id":"x"},"text":{"$gt":""}}',
  '{"type":"message","from":{"id":"x"},"text":["a"]}',
  '{"type":"message","from":{"id":"x"},"text":"a","value":{"$where":"1"}}',
  '{"type":"message","from":{"id":"x"},"text":"a","channelData":{"clientActivityID":{"$gt":""}}}',
  '{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}',
  `{"type":"message","from":{"id":"x"},"text":"${'a'.repeat(5_000)}"}`,
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
];

describe('nonsense at every endpoint', () => {
  test.each(NONSENSE.map((body, index) => [index, body] as const))(
    'body %i is refused clearly when it is posted as a message',
    async (_index, body) => {
      expectRefusal(await send(activitiesOf(lea), { body, token: lea.token }));
    },
  );

  test.each(['/tokens/generate', '/conversations'])('wrong JSON is refused at %s', async (path) => {
    expectRefusal(await send(`${DIRECT_LINE}${path}`, { body: '{"a":', token: lea.token }));
  });

  test('a body of 10 MB is refused at every endpoint', async () => {
    const body = JSON.stringify({ type: 'message', text: 'a'.repeat(10 * MEGABYTE) });
    const paths = [
      activitiesOf(lea),
      `${DIRECT_LINE}/tokens/generate`,
      `${DIRECT_LINE}/conversations`,
      `${DIRECT_LINE}/conversations/${lea.conversation}/upload`,
    ];
    for (const path of paths) {
      const sent = await send(path, { body, token: lea.token }).catch(() => undefined);
      // The connection may be cut before the answer is read: nobody owes a reader to 10 MB.
      if (sent !== undefined) {
        expect(sent.status).toBe(413);
        expectRefusal(sent);
      }
    }
  });

  test('no token, a forged token and a token of another conversation are refused', async () => {
    const body = JSON.stringify({ type: 'message', from: { id: 'x' }, text: 'oui' });
    const [header, payload, signature] = tom.token.split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object;
    const changed = { ...claims, conv: lea.conversation };
    const forged = [
      header,
      Buffer.from(JSON.stringify(changed)).toString('base64url'),
      signature,
    ].join('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const token of [undefined, 'x', forged, unsigned, tom.token]) {
      const sent = await send(activitiesOf(lea), {
        body,
        ...(token === undefined ? {} : { token }),
      });
      expect([401, 403]).toContain(sent.status);
      expectRefusal(sent);
      const read = await send(activitiesOf(lea), {
        method: 'GET',
        ...(token === undefined ? {} : { token }),
      });
      expect([401, 403]).toContain(read.status);
    }
  });

  test('unknown paths and methods are refused', async () => {
    expectRefusal(await send(`${DIRECT_LINE}/nothing`));
    expectRefusal(await send('/staff/api/nothing'));
    expectRefusal(await send(`${DIRECT_LINE}/tokens/generate`, { method: 'GET' }));
    expectRefusal(await send('/%00', { method: 'GET' }));
    expectRefusal(await send('/..%2f..%2fetc%2fpasswd', { method: 'GET' }));
  });

  test('what is not HTTP at all ends its own connection only', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(launched.url).port), '127.0.0.1', () => {
        socket.write(Buffer.from([0, 1, 2, 255, 254, 10, 13, 10, 13, 10]));
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.resume();
    });
    expect((await send('/healthz', { method: 'GET' })).status).toBe(200);
  });

  test('a socket of a conversation closes the one before it, times over', async () => {
    const open: WebSocket[] = [];
    try {
      for (let index = 0; index < SOCKETS; index += 1) open.push(await openSocket(launched, lea));
      while (open.filter(isOpen).length > 1)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(open.filter(isOpen)).toEqual([open.at(-1)]);
    } finally {
      for (const socket of open) socket.terminate();
    }
  }, 120_000);

  test('after all that, a conversation goes on where it was', async () => {
    await lea.waitFor((messages) => messages.length > 0);
    await lea.say('oui');
    const messages = await lea.waitFor(
      (all) => all.at(-1)?.channelData?.portevoix?.answer === 'email',
    );
    expect(messages.filter(({ from }) => from.role !== 'bot').map(({ text }) => text)).toEqual([
      'oui',
    ]);
  });
});

test('many conversations with a socket each are held in bounded memory', async () => {
  const crowded = await launch({ RATE_LIMITS: 'off' });
  const open: WebSocket[] = [];
  try {
    const before = crowded.memoryBytes();
    for (let round = 0; round < SOCKETS / AT_ONCE; round += 1) {
      const visitors = await Promise.all(
        Array.from({ length: AT_ONCE }, () => openVisitor(crowded.url)),
      );
      open.push(...(await Promise.all(visitors.map((visitor) => openSocket(crowded, visitor)))));
    }
    expect(open.filter(isOpen)).toHaveLength(SOCKETS);
    // What a program that begins to work takes anyway, and a fifth of a megabyte for each.
    expect(crowded.memoryBytes() - before).toBeLessThan((50 + SOCKETS / 5) * MEGABYTE);
    const visitor = await openVisitor(crowded.url);
    await visitor.say('oui');
    await visitor.waitFor((all) => all.at(-1)?.channelData?.portevoix?.answer === 'email');
  } finally {
    for (const socket of open) socket.terminate();
    await crowded.remove();
  }
}, 180_000);

async function openSocket({ url }: Launched, { conversation, token }: Visitor): Promise<WebSocket> {
  const answer = await fetch(`${url}${DIRECT_LINE}/conversations/${conversation}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { streamUrl } = (await answer.json()) as { streamUrl: string };
  const socket = new WebSocket(streamUrl);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  return socket;
}

function isOpen({ readyState }: WebSocket): boolean {
  return readyState === WebSocket.OPEN;
}
