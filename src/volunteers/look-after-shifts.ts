import { closeShift, OVER_AFTER_MS } from './book.js';
import type { Settling } from './settle-owed.js';
import type { Shifts } from './shifts.js';

const MOST = 50;

/** Closes shifts that are over: who did not come is missed, and asked about it the next day. */
export async function closeOver(
  { table }: Pick<Shifts, 'table'>,
  settling: Pick<Settling, 'change'>,
  at: number,
): Promise<void> {
  const over = { state: 'open', ends: { $lte: new Date(at - OVER_AFTER_MS) } };
  for (const { _id } of await table.find(over, { sort: { ends: 1 }, limit: MOST })) {
    await settling.change(_id, (shift) => ({ shift: closeShift(shift, at), answer: undefined }));
  }
}
