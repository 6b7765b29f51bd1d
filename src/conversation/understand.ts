import type { Inbound } from '../channels/channel.js';
import type { Event, Rule } from '../engine/event.js';
import { fold } from '../engine/fold.js';

/** Words read by exact rule, folded, of every language at once. */
export type Rules = ReadonlyMap<string, Rule>;

/** Makes an event of what a channel read: the rule words are recognised here, before any flow. */
export function understand(inbound: Inbound, rules: Rules): Event {
  const { input, at, channel } = inbound;
  if (input.type !== 'said') return { ...input, at, channel };
  const rule = rules.get(fold(input.text));
  return { ...input, at, channel, ...(rule === undefined ? {} : { rule }) };
}
