import type { Log } from '../log.js';
import { fillDerived } from '../supporters/fill-derived.js';
import type { People } from '../supporters/open-people.js';

/** Brings older documents up to date while the program runs; what it answers stops that, and waits. */
export function fillInBackground(
  people: Pick<People, 'supporters' | 'addresses'>,
  log: Log,
): () => Promise<void> {
  let isStopping = false;
  const fill = async (): Promise<void> => {
    try {
      const filled = await fillDerived(people, () => isStopping);
      if (filled > 0) log.info({ filled }, 'brought older profiles up to date');
    } catch (error) {
      log.error({ err: error }, 'older profiles not brought up to date');
    }
  };
  const done = fill();
  return async () => {
    isStopping = true;
    await done;
  };
}
