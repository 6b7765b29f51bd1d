import { createConnection } from 'node:net';
import { decode, encode } from './query/values.js';
import { createFrameReader, readAnswer, writeRequest } from './wire.js';

const PATIENCE_MS = 2_000;

/** Asks who listens on a socket for the name of its store; undefined when nobody proper answers. */
export function askStoreId(socketPath: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection(socketPath);
    const frames = createFrameReader();
    const finish = (answer: string | undefined): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE_MS, () => finish(undefined));
    socket.on('error', () => finish(undefined));
    socket.on('close', () => resolve(undefined));
    socket.on('connect', () => socket.write(writeRequest(1, encode({ hello: 1, $db: 'admin' }))));
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of frames.push(chunk)) {
          const id = decode(readAnswer(frame))['portevoixStore'];
          finish(typeof id === 'string' ? id : undefined);
        }
      } catch {
        finish(undefined);
      }
    });
  });
}
