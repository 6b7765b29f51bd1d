import type { Deliveries, DeliveryRow, DeliveryState } from './deliveries.js';
import { sentAs } from './dispatch/settle.js';

/** What networks tell of messages, the furthest last; it comes twice, late and out of order. */
const ORDER: readonly DeliveryState[] = ['sent', 'delivered', 'read'];

/** Keeps what a network told of a message it took: whether it was one of ours to many. */
export async function heedStatus(
  { table }: Pick<Deliveries, 'table'>,
  about: { readonly channel: string; readonly address: string; readonly id: string },
  state: 'sent' | 'delivered' | 'read' | 'failed',
  reason: string | undefined,
  at: Date,
): Promise<boolean> {
  const sent_as = sentAs(about.channel, about.address, about.id);
  const [row] = await table.find({ sent_as }, { limit: 1 });
  if (row === undefined) return false;
  const next = withStatus(row, state, reason, at);
  if (next !== row) await table.replaceIf({ state: row.state, sent_as }, next);
  return true;
}

/** What a delivery is after what its network told; the same one where that is nothing new. */
export function withStatus(
  row: DeliveryRow,
  state: 'sent' | 'delivered' | 'read' | 'failed',
  reason: string | undefined,
  at: Date,
): DeliveryRow {
  const got = ORDER.indexOf(row.state);
  // What arrived does not fail afterwards; nor does what was given up come back.
  if (got < 0) return row;
  if (state === 'failed') {
    return row.state === 'sent' ? { ...row, state, at, reason: reason ?? 'rejected' } : row;
  }
  return ORDER.indexOf(state) > got ? { ...row, state, at } : row;
}
