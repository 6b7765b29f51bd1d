import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Served } from './serve.js';
import { spawnThread } from '../../spawn-thread.js';
import type { FromThread, ThreadData, ToThread } from './thread.js';

// The map of the data file is not counted here; this is what decoding and sorting may take.
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };

/** What can be seen from outside of a store served by a thread of this process. */
export type ServedByThread = Pick<Served, 'socket' | 'storeId' | 'close'>;

/**
 * Serves a store in a thread of its own, so that a long search holds up no conversation. Undefined
 * when another process owns it. `fail` is told when the thread dies while it should serve.
 */
export function serveInThread(
  data: ThreadData,
  report: (line: string) => void,
  fail: (error: Error) => void,
): Promise<ServedByThread | undefined> {
  const worker = spawnThread(join(__dirname, 'thread'), {
    workerData: data,
    resourceLimits: LIMITS,
    name: 'embedded-store',
  });
  let state: 'starting' | 'serving' | 'closing' | 'over' = 'starting';
  return new Promise((resolve, reject) => {
    const end = (error: Error): void => {
      if (state === 'starting') reject(error);
      else if (state === 'serving') fail(error);
      state = 'over';
    };
    worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => end(new Error('The thread of the embedded store ended.')));
    worker.on('message', (message: FromThread) => {
      switch (message.type) {
        case 'serving':
          state = 'serving';
          // The store alone keeps no process running; its clients do.
          worker.unref();
          resolve({
            socket: message.socket,
            storeId: message.storeId,
            close() {
              state = 'closing';
              return closeThread(worker);
            },
          });
          break;
        case 'owned-by-another':
          state = 'over';
          resolve(undefined);
          break;
        case 'failed':
          end(new Error(message.message));
          break;
        case 'report':
          report(message.line);
          break;
        case 'closed':
          break;
        default:
          message satisfies never;
      }
    });
  });
}

function closeThread(worker: Worker): Promise<void> {
  worker.ref();
  return new Promise((resolve, reject) => {
    worker.once('exit', () => resolve());
    worker.on('message', (message: FromThread) => {
      if (message.type === 'failed') reject(new Error(message.message));
    });
    const close: ToThread = { type: 'close' };
    worker.postMessage(close, []);
  });
}
