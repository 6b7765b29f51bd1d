import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createCallWebhook } from '../../src/supporters/call-webhook.js';
import { openRightsCampaign, until, type Process, type RightsCampaign } from './rights-campaign.js';
import { freely } from '../channels/freely.js';

let campaign: RightsCampaign;
let process: Process;
let server: Server;
/** Calls that are not answered yet, with the key of each. */
let waiting: { readonly response: ServerResponse; readonly key: string }[];
beforeEach(async () => {
  waiting = [];
  server = createServer((request, response) => {
    waiting.push({ response, key: String(request.headers['idempotency-key']) });
    request.resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  campaign = await openRightsCampaign();
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await campaign.close();
});

function start(targets: ReadonlyMap<string, string>): void {
  const call = createCallWebhook({
    targets,
    secret: 'a secret',
    mayLeave: async () => freely(),
    now: () => campaign.now,
  });
  campaign.actions.set('webhook.call', call);
  process = campaign.start();
}

function crm(): ReadonlyMap<string, string> {
  const bound = server.address();
  const port = typeof bound === 'object' ? bound?.port : undefined;
  return new Map([['crm', `http://127.0.0.1:${port}/`]]);
}

test('a webhook that is slow to answer holds up nobody, and its flow goes on once it did', async () => {
  start(crm());
  await campaign.say(process, 'bonjour');
  await campaign.say(process, '/report');
  await until(() => waiting.length === 1);
  // The same person, and another, talk on meanwhile.
  await campaign.say(process, 'aide');
  await campaign.hear('Écrivez STOP pour ne plus rien recevoir.');
  await campaign.say(process, 'bonjour', 'c2');
  await campaign.hear('Acceptez-vous', 'c2');
  waiting[0]?.response.end();
  await campaign.hear('C’est transmis.');
  expect(waiting).toHaveLength(1);
});

test('a webhook that is not set up is given up in the words of the flow', async () => {
  start(new Map());
  await campaign.say(process, 'bonjour');
  await campaign.say(process, '/report');
  await campaign.hear('Cela n’a pas pu être transmis.');
  expect(waiting).toEqual([]);
});

test('a webhook called by a process that died is called again under the same key', async () => {
  start(crm());
  await campaign.say(process, 'bonjour');
  await campaign.say(process, '/report');
  await until(() => waiting.length === 1);
  await process.stop();
  campaign.now += 20_000;
  const next = campaign.start('next 1 x');
  await next.resumeAbandoned();
  await until(() => waiting.length === 2);
  expect(waiting[1]?.key).toBe(waiting[0]?.key);
  waiting[1]?.response.end();
  await campaign.hear('C’est transmis.');
});
