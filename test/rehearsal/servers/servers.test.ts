import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { faultsOf, type Faults } from '../../../src/rehearsal/servers/faults.js';
import type { NetworkOptions } from '../../../src/rehearsal/servers/network.js';
import type { NetworkServer } from '../../../src/rehearsal/servers/network-server.js';
import { newTally } from '../../../src/rehearsal/servers/tally.js';
import { startTelegram } from '../../../src/rehearsal/servers/telegram.js';
import { startWhatsApp } from '../../../src/rehearsal/servers/whatsapp.js';

const REMINDER = 'On vote demain.';
const TOKEN = '1:x';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function options(more: Partial<NetworkOptions> = {}, faults: Partial<Faults> = {}) {
  const accepted: string[] = [];
  const about: NetworkOptions = {
    perSecond: 100,
    faults: { ...faultsOf('none'), ...faults },
    reminders: new Set([REMINDER]),
    talkative: () => 0,
    tally: newTally(),
    accepted: (address) => void accepted.push(address),
    random: () => 0.5,
    ...more,
  };
  return { ...about, taken: accepted };
}

async function telegram(about: NetworkOptions): Promise<NetworkServer> {
  const server = await startTelegram(TOKEN, about);
  closers.push(server.close);
  return server;
}

async function call(url: string, body: object): Promise<{ status: number; body: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

const say = ({ url }: NetworkServer, chat: string, text = REMINDER) =>
  call(`${url}/bot${TOKEN}/sendMessage`, { chat_id: chat, text });

test('Telegram takes a message in, and tells what it is called', async () => {
  const about = options();
  const answer = await say(await telegram(about), '7');
  expect(answer).toMatchObject({ status: 200, body: { ok: true, result: { chat: { id: 7 } } } });
  expect(about.taken).toEqual(['7']);
  expect(about.tally.accepted).toBe(1);
});

test('Telegram refuses what is too much for all chats together, with the seconds to wait', async () => {
  const about = options({ perSecond: 5 });
  const server = await telegram(about);
  const answers = [];
  for (let chat = 0; chat < 20; chat += 1) answers.push(await say(server, String(chat)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.body).toMatchObject({ ok: false, parameters: { retry_after: 1 } });
  expect(about.taken).toHaveLength(20 - refused.length);
  expect(about.tally.refused).toEqual({ rate: refused.length });
});

test('Telegram refuses what is too much for one chat', async () => {
  const about = options();
  const server = await telegram(about);
  const answers = [];
  for (let n = 0; n < 12; n += 1) answers.push((await say(server, '7', `Bonjour ${n}`)).status);
  expect(answers.slice(0, 5)).toEqual([200, 200, 200, 200, 200]);
  expect(answers).toContain(429);
});

test('Telegram refuses who blocked the bot, and a token it does not know', async () => {
  const about = options();
  const server = await telegram(about);
  expect((await say(server, '9000000003')).status).toBe(403);
  expect((await call(`${server.url}/bot2:y/sendMessage`, {})).status).toBe(401);
  expect(about.taken).toEqual([]);
});

test('a lost connection leaves a message that was taken in, a bad gateway one that was not', async () => {
  const cut = options({}, { cut: 1 });
  await expect(say(await telegram(cut), '7')).rejects.toThrow();
  expect(cut.taken).toEqual(['7']);
  const bad = options({}, { badGateway: 1 });
  expect((await say(await telegram(bad), '7')).status).toBe(502);
  expect(bad.taken).toEqual([]);
  expect([cut.tally.cuts, bad.tally.cuts]).toEqual([1, 1]);
});

test('a network that is away takes no connection, and is back on the same port', async () => {
  const about = options();
  const server = await telegram(about);
  const back = server.goAway(300);
  await expect(say(server, '7')).rejects.toThrow();
  await back;
  expect((await say(server, '7')).status).toBe(200);
  expect(about.tally.outages).toHaveLength(1);
});

test('who writes on Telegram waits for an answer, which is no reminder', async () => {
  const about = options({ talkative: () => 1, random: () => 0 });
  const server = await telegram(about);
  await say(server, '7');
  const updates = await call(`${server.url}/bot${TOKEN}/getUpdates`, { timeout: 10 });
  expect(updates.body).toMatchObject({ result: [{ message: { chat: { id: 7 } } }] });
  expect(about.tally.answeredInMs).toHaveLength(0);
  await say(server, '7', 'À la mairie.');
  expect(about.tally).toMatchObject({ asked: 1, accepted: 1 });
  expect(about.tally.answeredInMs).toHaveLength(1);
});

test('WhatsApp refuses what is too much, for all and for one person, by its own codes', async () => {
  const about = options({ perSecond: 60 });
  const server = await whatsapp(about);
  const answers = [];
  for (let n = 0; n < 70; n += 1) answers.push(await write(server, '33612345678'));
  const codes = answers.filter(({ status }) => status === 400).map(({ body }) => body);
  expect(codes[0]).toMatchObject({ error: { code: 131_056 } });
  expect(about.taken.length).toBeGreaterThanOrEqual(45);
  const few = await whatsapp(options({ perSecond: 2 }));
  const all = [];
  for (let n = 0; n < 20; n += 1) all.push((await write(few, `336123456${10 + n}`)).body);
  expect(all).toContainEqual(
    expect.objectContaining({ error: expect.objectContaining({ code: 130_429 }) }),
  );
});

test('WhatsApp brings what people write to the webhook, signed, until it is taken', async () => {
  const brought: { body: string; signature: unknown }[] = [];
  const webhook = createServer((request, response) => {
    let body = '';
    request.on('data', (text: Buffer) => (body += text.toString()));
    request.on('end', () => {
      brought.push({ body, signature: request.headers['x-hub-signature-256'] });
      response.writeHead(brought.length === 1 ? 500 : 200).end();
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    await new Promise((resolve) => webhook.close(resolve));
  });
  const { port } = webhook.address() as AddressInfo;
  const about = options({ talkative: () => 1, random: () => 0 });
  const server = await whatsapp(about, `http://127.0.0.1:${port}`);
  await write(server, '33612345678');
  while (brought.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  const [first, second] = brought;
  expect(second).toEqual(first);
  const mac = createHmac('sha256', 'secret').update(first?.body ?? '');
  expect(first?.signature).toBe(`sha256=${mac.digest('hex')}`);
  expect(first?.body).toContain('33612345678');
});

async function whatsapp(about: NetworkOptions, url?: string): Promise<NetworkServer> {
  const more = { phoneNumberId: '42', appSecret: 'secret', webhookUrl: () => url };
  const server = await startWhatsApp({ ...about, ...more });
  closers.push(server.close);
  return server;
}

const write = ({ url }: NetworkServer, to: string) =>
  call(`${url}/v23.0/42/messages`, { messaging_product: 'whatsapp', to, text: { body: REMINDER } });
