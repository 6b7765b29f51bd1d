import { createServer, type IncomingMessage } from 'node:http';

/** A request as a network saw it. */
export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};
/** What it answers; `cut` closes the connection instead, after the request was read. */
export type Reply =
  | {
      readonly status?: number;
      readonly json: unknown;
      readonly headers?: { [name: string]: string };
    }
  | 'cut';

/** A network on this machine that answers as it is told, and remembers what it was asked. */
export async function startNetwork(answer: (seen: Seen, count: number) => Reply) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks) };
      seen.push(one);
      const reply = answer(one, seen.filter((other) => other.path === path).length);
      if (reply === 'cut') {
        request.socket.destroy();
        return;
      }
      response.writeHead(reply.status ?? 200, {
        'Content-Type': 'application/json',
        ...reply.headers,
      });
      response.end(JSON.stringify(reply.json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    paths: () => seen.map(({ method, path }) => `${method} ${path}`),
    json: (path: string): unknown =>
      JSON.parse(String(seen.find((one) => one.path === path)?.body ?? 'null')) as unknown,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
