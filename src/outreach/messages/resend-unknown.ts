import type { Deliveries } from './deliveries.js';
import { moved } from './message.js';
import type { Messages } from './messages.js';

type Kept = { readonly messages: Pick<Messages, 'change'>; readonly deliveries: Deliveries };

/** How many of a message may have arrived or not. */
export function countUnknown(
  { deliveries }: Pick<Kept, 'deliveries'>,
  id: string,
): Promise<number> {
  return deliveries.table.count(doubted(id));
}

/** Sends again what may have arrived or not, which nothing else does; answers how many. */
export async function resendUnknown(
  { messages, deliveries }: Kept,
  id: string,
  at: Date,
): Promise<number> {
  const again = { state: 'planned', at, claim: '', reason: 'resent' } as const;
  const resent = await deliveries.table.set(doubted(id), again);
  await messages.change(id, (row) => {
    const next = moved(row.state, 'reopen');
    const { ended_at: _, ...open } = row;
    return next === undefined ? undefined : { ...open, state: next };
  });
  return resent;
}

function doubted(message: string) {
  return { message, state: 'unknown' } as const;
}
