import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetworkTally } from './tally.js';

/** A simulated network that listens on loopback. */
export type NetworkServer = {
  readonly url: string;
  /** Is away for so long: connections are cut, and none is taken. */
  goAway(ms: number): Promise<void>;
  close(): Promise<void>;
};

/** Answers a request whose body was read. */
export type Answer = (
  path: string,
  body: unknown,
  response: ServerResponse,
) => Promise<void> | void;

/** Listens on a free port; what `answer` throws cuts the connection. */
export async function startNetwork(answer: Answer, tally: NetworkTally): Promise<NetworkServer> {
  const open = new Set<ServerResponse>();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    open.add(response);
    response.once('close', () => open.delete(response));
    await answer(request.url ?? '', await readBody(request), response);
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    async goAway(ms) {
      const from = Date.now();
      // Long polls wait for news: only sends are left in doubt.
      tally.cuts += [...open].filter((one) => one.req.url?.includes('getUpdates') !== true).length;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await sleep(ms);
      await listen(server, port);
      tally.outages.push({ from, until: Date.now() });
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers JSON. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A field of what came in, when it is there. */
export function fieldOf(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  return Object.entries(body).find(([key]) => key === name)?.[1];
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : port;
}
