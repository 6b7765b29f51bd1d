import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createFrameReader, readRequest, writeReply, type WireRequest } from './wire.js';

/** Answers one request with BSON; never rejects: a refusal is an answer too. */
export type Answer = (request: WireRequest, peer: Peer) => Promise<Uint8Array>;

/** One connection of a client. */
export type Peer = { readonly id: number; gone(): boolean };

/** What a server does with its clients. */
export type Reception = {
  answer: Answer;
  /** Told when a connection is over. */ left(peer: Peer): void;
};

/** A listening server. */
export type WireServer = {
  /** Clients connected now. */
  connections(): number;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
};

/** Listens on a Unix socket that only its owner may open (mode 0600). */
export async function listenOnSocket(path: string, reception: Reception): Promise<WireServer> {
  const sockets = new Set<Socket>();
  let lastPeer = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    lastPeer += 1;
    const peer: Peer = { id: lastPeer, gone: () => socket.destroyed };
    serve(socket, peer, reception.answer);
    socket.once('close', () => {
      sockets.delete(socket);
      reception.left(peer);
    });
  });
  rmSync(path, { force: true });
  await listen(server, path);
  return {
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // The folder is 0700, so nobody can come in between the two steps.
    server.listen(path, () => {
      server.off('error', reject);
      chmodSync(path, 0o600);
      resolve();
    });
  });
}

// A client that does not read its answers is asked no more.
const LONGEST_UNREAD_BYTES = 64 * 2 ** 20;

function serve(socket: Socket, peer: Peer, answer: Answer): void {
  const frames = createFrameReader();
  let lastReply = 0;
  let turn: Promise<void> = Promise.resolve();

  async function reply(request: WireRequest): Promise<void> {
    const body = await answer(request, peer);
    if (request.silent || socket.destroyed) return;
    lastReply += 1;
    socket.write(writeReply(request, lastReply, body));
    if (socket.writableLength > LONGEST_UNREAD_BYTES) socket.destroy();
  }

  socket.on('data', (chunk: Buffer) => {
    try {
      for (const frame of frames.push(chunk)) {
        const request = readRequest(frame);
        // Requests of one connection are answered in order, one after the other.
        turn = turn.then(() => reply(request)).catch(() => void socket.destroy());
      }
    } catch {
      // Whoever does not speak the protocol is cut off; the others do not notice.
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
}
