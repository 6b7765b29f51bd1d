import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { createGate } from './gate.js';
import type { FromReader, ReaderData, ToReader } from './reader-thread.js';
import { CommandError } from './query/command-error.js';
import { encodeError } from './reply.js';
import { spawnThread } from '../../spawn-thread.js';

/** The reading thread, started when first asked and ended when idle. */
export type Reader = {
  ask(frame: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
};

// Room for one large grouping; whatever needs more fails alone.
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
const IDLE_MS = 60_000;

type Running = {
  worker: Worker;
  over: Promise<void>;
  waiting: Map<number, (body: Uint8Array) => void>;
  cursors: number;
};

/** Prepares a reading thread over the files of a store. */
export function createReader(data: ReaderData): Reader {
  let running: Running | undefined;
  let lastId = 0;
  const idle = setInterval(() => {
    if (running && running.waiting.size === 0 && running.cursors === 0) void end();
  }, IDLE_MS);
  idle.unref();

  async function end(): Promise<void> {
    const ending = running;
    running = undefined;
    if (!ending) return;
    say(ending.worker, { type: 'close' });
    await ending.over;
  }

  return {
    ask(frame) {
      running ??= start(data, (over) => {
        if (running === over) running = undefined;
      });
      const { worker, waiting } = running;
      lastId += 1;
      const id = lastId;
      const answered = new Promise<Uint8Array>((resolve) => waiting.set(id, resolve));
      say(worker, { type: 'ask', id, frame });
      return answered;
    },
    close() {
      clearInterval(idle);
      return end();
    },
  };
}

function start(data: ReaderData, ended: (running: Running) => void): Running {
  const worker = spawnThread(join(__dirname, 'reader-thread'), {
    workerData: data,
    resourceLimits: LIMITS,
    name: 'embedded-store-reader',
  });
  const exit = createGate();
  const running: Running = { worker, over: exit.opened, waiting: new Map(), cursors: 0 };
  worker.unref();
  worker.on('message', (message: FromReader) => {
    running.cursors = message.cursors;
    running.waiting.get(message.id)?.(message.body);
    running.waiting.delete(message.id);
  });
  let cause: unknown = new Error('The reading thread of the embedded store ended.');
  worker.on('error', (error) => {
    cause = isOutOfMemory(error) ? outOfMemory() : error;
  });
  worker.once('exit', () => {
    ended(running);
    for (const answer of running.waiting.values()) answer(encodeError(cause));
    exit.open();
  });
  return running;
}

function say(worker: Worker, message: ToReader): void {
  worker.postMessage(message, []);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function outOfMemory(): CommandError {
  return new CommandError(
    146,
    'ExceededMemoryLimit',
    'The aggregation needs more memory than the embedded store gives it.',
  );
}
