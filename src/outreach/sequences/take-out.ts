import { deliveryId, type Deliveries } from '../messages/deliveries.js';
import { stepMessage, type SequenceRow } from './sequences.js';

/**
 * Sends somebody nothing more of a sequence, under any of their ids; answers whether anything was still to
 * come. A step that is leaving at this instant may arrive; those after it do not.
 */
export async function takeOut(
  { table }: Pick<Deliveries, 'table'>,
  { _id: id, definition }: Pick<SequenceRow, '_id' | 'definition'>,
  identities: readonly string[],
  at: Date,
): Promise<boolean> {
  let isFirst = true;
  for (const step of definition.steps.keys()) {
    const ids = identities.map((one) => deliveryId(stepMessage(id, step), one));
    const reason = isFirst ? 'left_taken_out' : 'left_before';
    const open = { _id: { $in: ids }, state: 'planned' };
    if ((await table.set(open, { state: 'skipped', reason, at })) > 0) isFirst = false;
  }
  return !isFirst;
}
