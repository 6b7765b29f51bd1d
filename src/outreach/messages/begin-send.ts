import { moved, type MessageState } from './message.js';
import type { MessageRow, Messages } from './messages.js';
import type { Plan } from './plan/plan-message.js';

/** What became of the wish to send a message; only `begun` changed anything. */
export type Beginning =
  | { readonly type: 'begun'; readonly row: MessageRow; readonly plan: Plan }
  | { readonly type: 'wrong_state'; readonly state: MessageState }
  /** Some would not get it in time, and nobody said `anyway`. */
  | { readonly type: 'late'; readonly plan: Plan }
  | { readonly type: 'nobody'; readonly plan: Plan }
  /** Somebody else changed it meanwhile. */
  | { readonly type: 'overtaken'; readonly plan: Plan };

/** Plans a draft and has it sent at its time by a running server. */
export async function beginSend(
  row: MessageRow,
  messages: Pick<Messages, 'change'>,
  plan: (row: MessageRow) => Promise<Plan>,
  { anyway, now }: { readonly anyway: boolean; now(): number },
): Promise<Beginning> {
  if (moved(row.state, 'send') === undefined) return { type: 'wrong_state', state: row.state };
  const planned = await plan(row);
  if (isLate(planned) && !anyway) return { type: 'late', plan: planned };
  if (planned.recipients === 0) return { type: 'nobody', plan: planned };
  const begun = await messages.change(row._id, (is) => {
    const state = moved(is.state, 'send');
    if (state === undefined || is.revision !== row.revision) return undefined;
    return {
      ...is,
      state,
      recipients: planned.recipients,
      by_channel: Object.fromEntries(
        Object.entries(planned.channels).map(([channel, { recipients }]) => [channel, recipients]),
      ),
      starts_at: new Date(planned.start ?? now()),
    };
  });
  return begun === undefined
    ? { type: 'overtaken', plan: planned }
    : { type: 'begun', row: begun, plan: planned };
}

/** Whether some would not get it in time. */
export function isLate({ late }: Pick<Plan, 'late'>): boolean {
  return Object.keys(late).length > 0;
}
