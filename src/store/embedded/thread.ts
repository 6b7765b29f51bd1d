import { parentPort, workerData } from 'node:worker_threads';
import { serveEmbedded, type Served } from './serve.js';
import { isFailedCommit } from './storage.js';

/** What the thread is started with. */
export type ThreadData = { dataDir: string; noSync: boolean; lasting: boolean };

/** What the thread tells its parent. */
export type FromThread =
  | { type: 'serving'; socket: string; storeId: string }
  | { type: 'owned-by-another' }
  | { type: 'failed'; message: string }
  | { type: 'report'; line: string }
  | { type: 'closed' };

/** What its parent asks of the thread. */
export type ToThread = { type: 'close' };

const port = parentPort;
if (port) void run(port);

// A full disk refuses what cannot be written; what is there can still be read.
process.on('unhandledRejection', (error) => {
  if (!isFailedCommit(error)) throw error;
});

async function run(parent: NonNullable<typeof parentPort>): Promise<void> {
  const say = (message: FromThread): void => parent.postMessage(message, []);
  let served: Served | undefined;
  async function close(): Promise<void> {
    try {
      await served?.close();
      say({ type: 'closed' });
    } catch (error) {
      say({ type: 'failed', message: String(error) });
    }
    parent.close();
  }
  parent.on('message', (message: ToThread) => {
    switch (message.type) {
      case 'close':
        void close();
        break;
      default:
        message.type satisfies never;
    }
  });
  try {
    const data: ThreadData = workerData;
    served = await serveEmbedded({
      ...data,
      threads: true,
      report: (line) => say({ type: 'report', line }),
    });
    if (served) {
      say({ type: 'serving', socket: served.socket, storeId: served.storeId });
    } else {
      say({ type: 'owned-by-another' });
      parent.close();
    }
  } catch (error) {
    say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    parent.close();
  }
}
