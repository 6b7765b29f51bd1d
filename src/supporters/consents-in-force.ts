import type { Purpose } from '../engine/flow.js';
import type { ConsentRecord } from './record.js';

type Said = Pick<ConsentRecord, 'purpose' | 'channel' | 'given'>;

/**
 * What holds for one purpose of what was said about it, oldest first: for every channel, and for those
 * named apart. A no to everything ends what was agreed to for single channels; a yes to everything leaves
 * a channel that was refused by name as it is.
 */
function inForce(consents: readonly Said[], purpose: Purpose) {
  let everywhere = false;
  const named = new Map<string, boolean>();
  for (const { purpose: about, channel, given } of consents) {
    if (about !== purpose) continue;
    if (channel !== undefined) {
      named.set(channel, given);
      continue;
    }
    everywhere = given;
    if (!given) named.clear();
  }
  return { everywhere, named };
}

/** Whether somebody agreed to be written to on a channel for a purpose, and did not take it back. */
export function mayWrite(consents: readonly Said[], purpose: Purpose, channel: string): boolean {
  const { everywhere, named } = inForce(consents, purpose);
  return named.get(channel) ?? everywhere;
}

/** Whether a consent for this purpose is in force, on whatever channel. */
export function isGiven(consents: readonly Said[], purpose: Purpose): boolean {
  const { everywhere, named } = inForce(consents, purpose);
  return everywhere || [...named.values()].includes(true);
}

/** Whether somebody agreed by name to be written to on a channel, for one purpose at least. */
export function agreedTo(consents: readonly Said[], channel: string): boolean {
  return consents.some(
    ({ purpose, channel: named, given }) =>
      given && named === channel && mayWrite(consents, purpose, channel),
  );
}
