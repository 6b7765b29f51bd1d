import type { Connection } from 'mongoose';
import { openTable, type Table } from './table.js';

/** How one channel is doing in one process. */
export type ChannelState = {
  readonly channel: string;
  /**
   * `opening`: not yet; `failing`: see `reason`; `standby`: another process has the only session there may
   * be; `waiting`: for somebody to scan the code; `logged_out`: the phone ended the session.
   */
  readonly state: 'opening' | 'ready' | 'failing' | 'standby' | 'waiting' | 'logged_out';
  /** For the operator: what is wrong and how it is put right. */
  readonly reason?: string;
  /** When something last came in, and last went out, through this process. */
  readonly last_in?: Date;
  readonly last_out?: Date;
  /** Sends that failed in this process, and when the last did. */
  readonly failed: number;
  readonly failed_at?: Date;
  readonly failed_by?: string;
  /** Sent in the last minute. */
  readonly sent: number;
  /** Sends that wait for their turn, and those under way. */
  readonly waiting: number;
  readonly under_way: number;
};

/** A process of this program, as it tells of itself every few seconds. */
export type ProcessRow = {
  readonly _id: string;
  readonly host: string;
  readonly pid: number;
  readonly role: 'all' | 'web' | 'worker';
  readonly version: string;
  readonly node: string;
  readonly memory_bytes: number;
  readonly started_at: Date;
  readonly at: Date;
  readonly channels: readonly ChannelState[];
  /** The code that logs WhatsApp Web in: whoever scans it is the number of the campaign. */
  readonly code?: string;
};

/** A process that did not tell of itself for so long is not there any more. */
export const SILENT_MS = 25_000;
const FORGOTTEN_S = 120;

export type Processes = {
  readonly table: Table<ProcessRow>;
  /** Those that are there, the oldest first. */
  alive(now: number): Promise<readonly ProcessRow[]>;
  tell(row: ProcessRow): Promise<void>;
};

/** Opens the collection `processes`. */
export function openProcesses(connection: Connection): Processes {
  const table = openTable<ProcessRow>(connection, {
    name: 'processes',
    schema: {
      host: String,
      pid: Number,
      role: String,
      version: String,
      node: String,
      memory_bytes: Number,
      started_at: Date,
      at: Date,
      channels: [{}],
      code: String,
    },
    indexes: [[{ at: 1 }, { expireAfterSeconds: FORGOTTEN_S }]],
  });
  return {
    table,
    alive: (now) =>
      table.find({ at: { $gte: new Date(now - SILENT_MS) } }, { sort: { started_at: 1 } }),
    async tell(row) {
      if (!(await table.replaceIf({}, row))) await table.insert(row);
    },
  };
}
