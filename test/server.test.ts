import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import { Router } from 'express';
import { createLog } from '../src/log.js';
import { createMetrics } from '../src/metrics.js';
import { createServer } from '../src/server.js';

let server: Server | undefined;
afterEach(async () => {
  const running = server;
  if (running?.listening !== true) return;
  running.closeAllConnections();
  await new Promise((resolve) => running.close(resolve));
});

test('a client that asks for a socket where there is none and is gone harms nobody', async () => {
  const upgrade = jest.fn(() => false);
  const running = createServer({
    site: Router(),
    staff: Router(),
    webChat: { router: Router(), upgrade },
    webhooks: new Map(),
    metrics: createMetrics(() => 0),
    log: createLog('silent'),
    notReady: async () => [],
  });
  server = running;
  running.listen(0, '127.0.0.1');
  await once(running, 'listening');
  const failures: unknown[] = [];
  running.on('upgrade', (_request, socket) => {
    // An error that no one listens to ends the process.
    if (socket.listenerCount('error') === 0) failures.push('nobody listens');
  });
  const bound = running.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('It does not listen.');
  const client = connect(bound.port, '127.0.0.1');
  client.on('error', () => undefined);
  client.write('GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  while (upgrade.mock.calls.length === 0) await sleep(5);
  client.resetAndDestroy();
  expect(failures).toEqual([]);
});

test('an answer that fails half-way is cut off, and the failure is told without its message', async () => {
  // Under test, express itself would not print a failure that falls through to it.
  const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const environment = jest.replaceProperty(process, 'env', { NODE_ENV: 'production' });
  const site = Router();
  site.get('/half', async (_request, response) => {
    response.write('{"profile": ');
    throw new Error('store away');
  });
  const running = createServer({
    site,
    staff: Router(),
    webChat: { router: Router(), upgrade: () => false },
    webhooks: new Map(),
    metrics: createMetrics(() => 0),
    log: createLog('silent'),
    notReady: async () => [],
  });
  server = running;
  running.listen(0, '127.0.0.1');
  await once(running, 'listening');
  const bound = running.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('It does not listen.');
  const answer = await fetch(`http://127.0.0.1:${bound.port}/half`);
  await expect(answer.text()).rejects.toThrow();
  expect(printed).not.toHaveBeenCalled();
  environment.restore();
  printed.mockRestore();
});
