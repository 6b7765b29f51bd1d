import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { readWatermark } from './conversations.js';
import { Refusal } from './refusal.js';
import type { Sockets } from './sockets.js';
import type { Tokens } from './token.js';

const PATH = /^\/directline\/v3\/directline\/conversations\/([^/]+)\/stream$/;
const SOCKETS_PER_CLIENT = 1000;

/** Takes an upgrade request; false: it is for somebody else. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

/** Creates what turns a request for a `streamUrl` into an open WebSocket, or refuses it. */
export function createUpgrade(options: {
  readonly tokens: Tokens;
  readonly sockets: Sockets;
  readonly limits: { readonly on: boolean };
  readonly clientAddress: (request: IncomingMessage) => string;
  readonly stopping: () => boolean;
}): Upgrade {
  const { tokens, sockets } = options;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    // Clients only send signs of life here.
    maxPayload: 4096,
  });

  return (request, socket, head) => {
    const address = request.url ?? '';
    if (!URL.canParse(address, 'http://any')) return false;
    const url = new URL(address, 'http://any');
    const id = PATH.exec(url.pathname)?.[1];
    if (id === undefined) return false;
    try {
      if (options.stopping()) throw new Refusal('ServiceError', 'The server is stopping.');
      const { conversation } = tokens.read('stream', url.searchParams.get('t') ?? undefined);
      if (conversation !== id) throw new Refusal('Forbidden', 'The token is for another stream.');
      const watermark = readWatermark(url.searchParams.get('watermark') ?? undefined);
      const client = options.clientAddress(request);
      if (options.limits.on && sockets.countOf(client) >= SOCKETS_PER_CLIENT) {
        throw new Refusal('TooManyRequests', 'Too many open chats from this address.', 60_000);
      }
      server.handleUpgrade(request, socket, head, (opened) =>
        sockets.open(opened, { conversation, watermark, client }),
      );
    } catch (error) {
      refuse(socket, error);
    }
    return true;
  };
}

function refuse(socket: Duplex, error: unknown): void {
  const refusal =
    error instanceof Refusal ? error : new Refusal('ServiceError', 'The chat could not be opened.');
  const body = JSON.stringify(refusal.body);
  const headers = {
    ...refusal.headers,
    Connection: 'close',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  // The client may be gone already, which is nobody's fault.
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join('')}\r\n${body}`,
  );
}
