import { deliveriesOf, type Deliveries } from './deliveries.js';
import type { Messages } from './messages.js';

/** Messages whose deliveries are removed in one go. */
const MOST_MESSAGES = 5;

/**
 * Removes the deliveries of messages that ended before an instant, some at a time, and answers how many.
 * The message itself, which names nobody, stays.
 */
export async function removeOldDeliveries(
  messages: Pick<Messages, 'table'>,
  deliveries: Pick<Deliveries, 'table'>,
  before: Date,
): Promise<number> {
  const old = { ended_at: { $lte: before }, emptied: { $exists: false } };
  let removed = 0;
  for (const row of await messages.table.find(old, { limit: MOST_MESSAGES })) {
    removed += await deliveries.table.remove(deliveriesOf(row._id));
    await messages.table.replaceIf({ revision: row.revision }, { ...row, emptied: true });
  }
  return removed;
}
