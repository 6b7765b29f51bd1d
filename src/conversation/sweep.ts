import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from '../error-code.js';
import type { Log } from '../log.js';
import type { SupporterRecord } from '../supporters/record.js';
import type { Supporters } from '../supporters/supporters.js';
import type { Converse } from './converse.js';
import type { Performer } from './perform.js';
import type { RecordWriter } from './record-writer.js';

/** Supporters looked at in one go. */
const BATCH = 200;
/** Batches of due timers fed in one go; what is left waits for the next. */
const MOST_BATCHES = 50;

export type SweepOptions = {
  readonly supporters: Supporters;
  readonly writer: RecordWriter;
  readonly performer: Performer;
  readonly converse: Converse;
  readonly log: Log;
  readonly owner: string;
  now(): number;
};

export type Sweep = {
  /** Goes on with outboxes whose lease ran out. */
  resumeAbandoned(): Promise<void>;
  /** Goes on at once with what dead processes of this host left. */
  takeOverDead(): Promise<void>;
  /** Prolongs the leases of what this process is performing. */
  prolong(): Promise<void>;
  /** Feeds the timers that are due through the door. */
  feedDue(): Promise<void>;
};

/** Looks after what no input wakes: abandoned outboxes and timers. */
export function createSweep(options: SweepOptions): Sweep {
  const { supporters, writer, performer, converse, log } = options;

  async function resume({ _id, lease }: SupporterRecord): Promise<void> {
    performer.perform(_id, await writer.takeLease(_id, lease));
  }

  /** Does it for each of them; one that fails is left to the next sweep and holds up nobody. */
  async function each<T extends { readonly _id: string }>(
    these: readonly T[],
    work: (one: T) => Promise<unknown>,
  ): Promise<void> {
    await Promise.all(
      these.map((one) =>
        work(one).catch((error: unknown) =>
          log.error({ err: error, supporter: one._id }, 'sweep failed'),
        ),
      ),
    );
  }

  return {
    async resumeAbandoned() {
      const abandoned = await supporters.findAbandoned(new Date(options.now()), BATCH);
      await each(abandoned, resume);
      if (abandoned.length > 0) log.warn({ supporters: abandoned.length }, 'outboxes resumed');
    },
    async takeOverDead() {
      const leased = await supporters.findLeased();
      const left = leased.filter((record) => isDead(record.lease?.owner, options.owner));
      await each(left, resume);
      if (left.length > 0) log.info({ supporters: left.length }, 'outboxes taken over');
    },
    async prolong() {
      const busy = [...performer.busy()].map((_id) => ({ _id }));
      await each(busy, ({ _id }) => writer.takeLease(_id));
    },
    async feedDue() {
      for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
        const due = await supporters.findDue(new Date(options.now()), BATCH);
        const those = due.map((_id) => ({ _id }));
        await each(those, ({ _id }) => converse.happen(_id, { type: 'elapsed' }));
        if (due.length < BATCH) return;
      }
    },
  };
}

/** A name for this process in leases: machine, process id and start, so that a successor can tell it is dead. */
export function ownerName(): string {
  return `${machineName()} ${process.pid} ${Date.now().toString(36)}`;
}

/** Names this machine: two may have one host name, but never one start of the kernel. */
export function machineName(): string {
  try {
    return `${hostname()}/${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    // Not Linux: the host name has to do.
    return hostname();
  }
}

/**
 * Whether the owner of a lease ran on this machine and runs no more. One from before the machine was
 * started again is left to the end of its lease.
 */
export function isDead(owner: string | undefined, self: string): boolean {
  if (owner === undefined || owner === self) return false;
  const [machine, pid] = owner.split(' ');
  if (machine !== machineName()) return false;
  // Its process id is ours: it has gone, or we would not have it (the usual case in a container).
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM: it lives, under another account.
    return errorCode(error) === 'ESRCH';
  }
}
