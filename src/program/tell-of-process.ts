import { hostname } from 'node:os';
import type { Settings } from '../config.js';
import type { ChannelState, Processes, ProcessRow } from '../store/processes.js';

const EVERY_MS = 5_000;

export type TellOfProcessOptions = {
  readonly processes: Pick<Processes, 'table' | 'tell'>;
  readonly owner: string;
  readonly role: Settings['role'];
  readonly version: string;
  channels(): readonly ChannelState[];
  /** The code to scan, while there is one. */
  code(): string | undefined;
  report(error: unknown): void;
  now(): number;
};

/**
 * Tells through the store that this process is there and how its channels do, so that another one can show
 * it. `hurry` tells at once what just changed.
 */
export function tellOfProcess(options: TellOfProcessOptions) {
  const { processes, owner, now } = options;
  const startedAt = new Date(now());
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> | undefined;
  let isStale = false;

  function row(): ProcessRow {
    const code = options.code();
    return {
      _id: owner,
      host: hostname(),
      pid: process.pid,
      role: options.role,
      version: options.version,
      node: process.versions.node,
      memory_bytes: process.memoryUsage.rss(),
      started_at: startedAt,
      at: new Date(now()),
      channels: options.channels(),
      ...(code === undefined ? {} : { code }),
    };
  }

  /** One write at a time; what changes meanwhile is told by the next. */
  function hurry(): void {
    isStale = true;
    telling ??= (async () => {
      try {
        while (isStale) {
          isStale = false;
          await processes.tell(row());
        }
      } catch (error) {
        options.report(error);
      } finally {
        telling = undefined;
      }
    })();
  }

  return {
    start() {
      hurry();
      timer = setInterval(hurry, EVERY_MS);
      timer.unref();
    },
    /** Does nothing before the start, or after the end. */
    hurry() {
      if (timer !== undefined) hurry();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await telling;
      await processes.table.remove({ _id: owner }).catch(options.report);
    },
  };
}
