import { createScheduler } from '../scheduler.js';
import { fillInBackground } from './fill-in-background.js';
import { recurringWork, type RecurringWorkOptions } from './recurring-work.js';
import { wireOutreach, type WireOutreachOptions } from './wire-outreach.js';

export type StartBackgroundOptions = Omit<RecurringWorkOptions, 'conversation' | 'inviter'> &
  Omit<WireOutreachOptions, 'conversation'> & {
    readonly conversation: RecurringWorkOptions['conversation'] &
      WireOutreachOptions['conversation'];
    readonly inviter: RecurringWorkOptions['inviter'] & { stop(): Promise<void> };
  };

/**
 * Starts what goes on without anybody asking: recurring work, sending what is planned, bringing older
 * documents up to date. What it answers ends that, and waits for what was begun.
 */
export async function startBackground(
  options: StartBackgroundOptions,
): Promise<() => Promise<void>> {
  const { tables, connection, inviter, log } = options;
  const scheduler = createScheduler(connection, recurringWork(options), log);
  await scheduler.start();
  const stopFilling = fillInBackground(tables.people, log);
  const dispatcher = wireOutreach(options);
  dispatcher.start();
  return async () => {
    await dispatcher.stop();
    await scheduler.stop();
    await inviter.stop();
    await stopFilling();
  };
}
