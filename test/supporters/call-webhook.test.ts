import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createCallWebhook, webhookKey } from '../../src/supporters/call-webhook.js';
import { freely, inSilence } from '../channels/freely.js';

const SECRET = 'a secret of at least thirty-two characters';
const NOW = Date.UTC(2030, 0, 1, 12, 0, 0, 500);

type Call = { readonly request: IncomingMessage; readonly body: string };
let calls: Call[];
let answer: (response: ServerResponse) => void;
let server: Server;
let url: string;
beforeEach(async () => {
  calls = [];
  answer = (response) => response.end();
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      calls.push({ request, body });
      answer(response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  url = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const act = (name: string, data?: string) => ({
  supporter: 's1',
  key: 's1:3.2',
  content: 'campaign' as const,
  with: { name, ...(data === undefined ? {} : { data }) },
});

function call(targets = new Map([['crm', `${url}/hook`]]), mayLeave = freely) {
  return createCallWebhook({
    targets,
    secret: SECRET,
    mayLeave: async () => mayLeave(),
    now: () => NOW,
  });
}

/**
 * Verifies a call as a program of somebody else would, from what SECURITY.md and README.md say: only the
 * key, the header and the bytes of the body.
 */
function isGenuine({ request, body }: Call, key: string): boolean {
  const header = String(request.headers['portevoix-signature']);
  const parts = new Map(
    header.split(',').map((part) => [part.slice(0, 1 + part.indexOf('=')), part]),
  );
  const seconds = parts.get('t=')?.slice(2) ?? '';
  const signature = parts.get('v1=')?.slice(3) ?? '';
  const expected = createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(`${seconds}.${body}`, 'utf8')
    .digest('base64url');
  return expected === signature && Number(seconds) === Math.floor(NOW / 1_000);
}

describe('calling a webhook', () => {
  test('calls nobody in the election silence, and says which rule holds it', async () => {
    const silent = call(undefined, inSilence);
    await expect(silent(act('crm'))).rejects.toThrow('Art. L.49 of the Electoral Code');
    expect(calls).toEqual([]);
  });

  test('posts what happened, signed, under a key that a repeat has too', async () => {
    expect(await call()(act('crm', 'un nid-de-poule « é »'))).toEqual({ status: 200 });
    await call()(act('crm', 'un nid-de-poule « é »'));
    const [first, second] = calls;
    if (first === undefined || second === undefined) throw new Error('It was not called twice.');
    expect(first.request).toMatchObject({ method: 'POST', url: '/hook' });
    expect(first.request.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 's1:3.2',
    });
    expect(second.request.headers['idempotency-key']).toBe('s1:3.2');
    expect(JSON.parse(first.body)).toEqual({
      name: 'crm',
      data: 'un nid-de-poule « é »',
      supporter: 's1',
    });
    expect(isGenuine(first, webhookKey(SECRET, 'crm'))).toBe(true);
    expect(isGenuine({ ...first, body: `${first.body} ` }, webhookKey(SECRET, 'crm'))).toBe(false);
  });

  test('signs for each webhook under a key of its own', async () => {
    const targets = new Map([
      ['crm', url],
      ['map', url],
    ]);
    await call(targets)(act('map'));
    const [one] = calls;
    if (one === undefined) throw new Error('It was not called.');
    expect(isGenuine(one, webhookKey(SECRET, 'map'))).toBe(true);
    expect(isGenuine(one, webhookKey(SECRET, 'crm'))).toBe(false);
    expect(isGenuine(one, webhookKey(`${SECRET}!`, 'map'))).toBe(false);
    expect(JSON.parse(one.body)).toEqual({ name: 'map', supporter: 's1' });
  });

  test('tells whatever status it was answered with', async () => {
    answer = (response) => response.writeHead(503).end('busy');
    expect(await call()(act('crm'))).toEqual({ status: 503 });
  });

  test('goes to no other address, wherever it is sent on', async () => {
    answer = (response) => response.writeHead(307, { location: `${url}/inside` }).end();
    expect(await call()(act('crm'))).toEqual({ status: 307 });
    expect(calls.map(({ request }) => request.url)).toEqual(['/hook']);
  });

  test('knows only the names that were set, whatever else a flow gives', async () => {
    for (const name of ['other', `${url}/hook`, '', '__proto__', 'constructor']) {
      await expect(call()(act(name))).rejects.toThrow('no webhook of this name');
    }
    const nameless = { ...act(''), with: { name: 7 } };
    await expect(call()(nameless)).rejects.toThrow('no webhook of this name');
    expect(calls).toEqual([]);
  });

  test('gives up after ten seconds without an answer', async () => {
    answer = () => undefined;
    const timeout = jest.spyOn(AbortSignal, 'timeout');
    const ending = new AbortController();
    timeout.mockReturnValue(ending.signal);
    const called = call()(act('crm'));
    const failed = expect(called).rejects.toThrow();
    while (calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(timeout).toHaveBeenCalledWith(10_000);
    ending.abort(new Error('time is up'));
    await failed;
    timeout.mockRestore();
  });

  test('fails where nobody listens', async () => {
    const targets = new Map([['crm', 'http://127.0.0.1:1/']]);
    await expect(call(targets)(act('crm'))).rejects.toThrow();
  });
});
