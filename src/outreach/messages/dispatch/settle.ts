import type { DeliveryRow } from '../deliveries.js';
import type { SendOutcome } from './network.js';

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
/** Times a delivery waits for its turn, or for the operator to mend something. */
const MOST_WAITS = 1_000;

/**
 * What a delivery becomes of the outcome of its send. Where it surely led to nobody, another channel is
 * tried; where nobody knows, it is not sent again, unless the channel shows it once (`exact`). `random` is
 * from 0 to 1 and spreads the retries.
 */
export function settle(
  row: DeliveryRow,
  outcome: SendOutcome,
  about: {
    readonly address: string;
    readonly exact: boolean;
    readonly now: number;
    readonly random: number;
  },
): DeliveryRow {
  const { reason: _reason, claim: _claim, ...rest } = row;
  const at = new Date(about.now);
  const again = (inMs: number, reason: string): DeliveryRow => {
    const waits = (row.waits ?? 0) + 1;
    if (waits > MOST_WAITS) return { ...rest, state: 'failed', at, reason };
    return { ...rest, state: 'planned', at: new Date(about.now + inMs), reason, waits };
  };
  if (outcome.type === 'withheld') {
    const { until, rule } = outcome.refusal;
    return { ...rest, state: 'planned', at: new Date(Math.max(until, about.now)), reason: rule };
  }
  if (outcome.type === 'sent') {
    const { id } = outcome;
    const sent_as = id === undefined ? {} : { sent_as: sentAs(row.channel, about.address, id) };
    return { ...rest, state: 'sent', at, ...sent_as };
  }
  const { reason } = outcome;
  switch (reason) {
    case 'unreachable':
    case 'blocked':
    case 'rejected':
      return { ...rest, state: 'planned', at, reason, tried: [...(row.tried ?? []), row.channel] };
    case 'throttled':
    case 'misconfigured': {
      const backOff = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (row.waits ?? 0));
      return again(outcome.retryAfterMs ?? backOff * (0.5 + about.random / 2), reason);
    }
    case 'in_doubt':
      if (about.exact) return again(FIRST_DELAY_MS, reason);
      return { ...rest, state: 'unknown', at, reason };
    default:
      return reason satisfies never;
  }
}

/** By what the network will tell of a message. */
export function sentAs(channel: string, address: string, id: string): string {
  return `${channel}:${address}:${id}`;
}
