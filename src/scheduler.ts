import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { Connection } from 'mongoose';
import type { Log } from './log.js';

/** Another process may take a job over this long after its holder stopped touching it. */
const LOCK_LIFETIME_MS = 20_000;
/**
 * How often agenda looks for jobs of each name, which takes a write each; those that come up until the next
 * look are taken then, and begin on time. It reads a text such as "200 milliseconds" wrongly, so this is a
 * number.
 */
const LOOK_EVERY_MS = 3_000;

/** Work that comes round again, done by one process at a time. */
export type Job = { readonly name: string; readonly everyMs: number; run(): Promise<void> };

export type Scheduler = { start(): Promise<void>; stop(): Promise<void> };

/** Hands recurring jobs to the processes that share the store, one holder each. */
export function createScheduler(connection: Connection, jobs: readonly Job[], log: Log): Scheduler {
  const { db } = connection;
  if (db === undefined) throw new Error('The scheduler needs an open store.');
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db }),
    processEvery: LOOK_EVERY_MS,
    defaultLockLifetime: LOCK_LIFETIME_MS,
    defaultLockLimit: 1,
    defaultConcurrency: 1,
  });
  agenda.on('error', (error: unknown) => log.error({ err: error }, 'scheduler'));
  agenda.on('fail', (error: unknown) => log.error({ err: error }, 'job failed'));
  return {
    async start() {
      for (const { name, run } of jobs) {
        // agenda waits for a promise too; the rule sees the first of its two signatures.
        // oxlint-disable-next-line typescript/no-misused-promises
        agenda.define(name, () => run());
      }
      // Known before the first look, they begin with it.
      for (const { name, everyMs } of jobs) await agenda.every(everyMs, name);
      await agenda.start();
    },
    stop: () => agenda.stop(false),
  };
}

/** Whether a server that shares the store has done some work a moment ago: it does every few seconds. */
export async function isServerAtWork(connection: Connection, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - LOCK_LIFETIME_MS);
  const jobs = connection.collection('agendaJobs');
  return (await jobs.findOne({ lastRunAt: { $gt: since } })) !== null;
}
