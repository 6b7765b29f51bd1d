import type { Deliveries, DeliveryCounts } from '../messages/deliveries.js';
import { stepMessage, type SequenceRow } from './sequences.js';

/** How many people stand where in each step, in order. */
export type LiveCounts = {
  of(row: Pick<SequenceRow, '_id' | 'definition'>): Promise<readonly DeliveryCounts[]>;
  /** Something was changed here: whoever asks next is told the figures after it. */
  forget(sequence: string): void;
};

/** What is counted so quickly is counted anew for everybody who asks. */
const QUICK_MS = 40;
/** Counting takes no more of the time than one part in so many. */
const REST = 20;

type Kept = {
  readonly counts: readonly DeliveryCounts[];
  readonly at: number;
  readonly tookMs: number;
};

/**
 * Counts sequences once for all who ask meanwhile. Of one that takes long, the last figures are told while
 * new ones are counted. `now` is in milliseconds.
 */
export function createLiveCounts(
  deliveries: Pick<Deliveries, 'count'>,
  now: () => number = () => performance.now(),
): LiveCounts {
  const kept = new Map<string, Kept>();
  const counting = new Map<string, Promise<Kept>>();

  function recount({
    _id: id,
    definition,
  }: Pick<SequenceRow, '_id' | 'definition'>): Promise<Kept> {
    const under = counting.get(id);
    if (under !== undefined) return under;
    const began = now();
    const fresh = Promise.all(
      definition.steps.map((_step, step) => deliveries.count(stepMessage(id, step))),
    )
      .then((counts) => {
        const at = now();
        const counted = { counts, at, tookMs: at - began };
        if (counting.get(id) === fresh) kept.set(id, counted);
        return counted;
      })
      .finally(() => {
        if (counting.get(id) === fresh) counting.delete(id);
      });
    counting.set(id, fresh);
    return fresh;
  }

  function forget(id: string): void {
    kept.delete(id);
    counting.delete(id);
  }

  return {
    async of(row) {
      const last = kept.get(row._id);
      if (last === undefined || last.tookMs < QUICK_MS) return (await recount(row)).counts;
      const isOld = now() - last.at > last.tookMs * REST;
      // Whoever asks next counts anew then, and hears what is wrong.
      if (isOld) recount(row).catch(() => forget(row._id));
      return last.counts;
    },
    forget,
  };
}
