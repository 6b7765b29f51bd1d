import { parentPort, workerData } from 'node:worker_threads';
import { createAnswer } from './dispatch.js';
import { createEngine } from './open-engine.js';
import { openStorage } from './storage.js';
import { readRequest } from './wire.js';

/*
 * A second thread that only reads: it works through aggregations, which cannot be interrupted, so
 * that they hold up nobody but who asked for them.
 */

/** What the thread is started with. */
export type ReaderData = { folder: string; noSync: boolean; storeId: string; socketPath: string };

/** A request as it came over the wire, or the end. */
export type ToReader = { type: 'ask'; id: number; frame: Uint8Array } | { type: 'close' };

/** An answer, and how many cursors wait to be read on. */
export type FromReader = { id: number; body: Uint8Array; cursors: number };

const port = parentPort;
if (port) run(port, workerData);

function run(parent: NonNullable<typeof parentPort>, data: ReaderData): void {
  const storage = openStorage(data.folder, { noSync: data.noSync });
  const engine = createEngine({
    storage,
    storeId: data.storeId,
    socketPath: data.socketPath,
    cursorsAre: 'odd',
    checkOwner() {
      throw new Error('The reading thread of the embedded store cannot write.');
    },
    connections: () => 0,
    report: () => undefined,
  });
  const answer = createAnswer(engine);
  const peer = { id: 0, gone: () => false };

  parent.on('message', (message: ToReader) => {
    switch (message.type) {
      case 'ask':
        storage.refresh();
        engine.catalog.refresh();
        engine.cursors.sweep();
        void reply(message.id, message.frame);
        break;
      case 'close':
        engine.cursors.closeAll();
        void storage.close().then(() => parent.close());
        break;
      default:
        message satisfies never;
    }
  });

  async function reply(id: number, frame: Uint8Array): Promise<void> {
    const body = await answer(readRequest(Buffer.from(frame)), peer);
    const said: FromReader = { id, body, cursors: engine.cursors.count() };
    parent.postMessage(said, []);
  }
}
