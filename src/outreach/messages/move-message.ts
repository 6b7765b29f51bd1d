import { moved, type MessageMove } from './message.js';
import type { MessageRow, Messages } from './messages.js';

/** Holds a message up, goes on with it, or ends it for good; undefined when it cannot be done from where it is. */
export function moveMessage(
  messages: Pick<Messages, 'change'>,
  id: string,
  move: Extract<MessageMove, 'pause' | 'resume' | 'cancel'>,
  at: Date,
): Promise<MessageRow | undefined> {
  return messages.change(id, (row) => {
    const state = moved(row.state, move);
    if (state === undefined) return undefined;
    return { ...row, state, ...(state === 'cancelled' ? { ended_at: at } : {}) };
  });
}
