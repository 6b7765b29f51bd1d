import { deserialize } from 'bson';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { readOwner } from '../../../src/store/embedded/owner.js';
import { encode, type Doc } from '../../../src/store/embedded/query/values.js';
import { createFrameReader, readAnswer, writeRequest } from '../../../src/store/embedded/wire.js';

/** A client that sends exactly what it is told, unlike a driver. */
export type RawClient = {
  ask(command: Doc): Promise<Doc>;
  /** Sends bytes as they are, and resolves when the server has closed the connection. */
  sendAndWaitForClose(bytes: Uint8Array): Promise<void>;
  close(): void;
};

/** Where the store in a data folder is served. */
export function socketIn(dataDir: string): string {
  const owner = readOwner(join(dataDir, 'store'));
  if (!owner) throw new Error('Nobody serves the store.');
  return owner.socket;
}

/** Connects to the socket of a store. */
export async function connectRaw(path: string): Promise<RawClient> {
  const socket = await open(path);
  const frames = createFrameReader();
  const waiting: Array<(doc: Doc) => void> = [];
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    for (const frame of frames.push(chunk)) waiting.shift()?.(deserialize(readAnswer(frame)));
  });
  return {
    ask: (command) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        socket.write(writeRequest(1, encode(command)));
      }),
    sendAndWaitForClose: (bytes) =>
      new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
}

function open(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path, () => resolve(socket));
    socket.once('error', reject);
  });
}
