import type { Inbound } from '../channels/channel.js';
import type { Event, ReadMeaning, Rule } from '../engine/event.js';
import { fold } from '../engine/fold.js';

/** Words read by exact rule, folded, of every language at once. */
export type Rules = ReadonlyMap<string, Rule>;

export type Hearing = {
  readonly rules: Rules;
  readonly readMeaning: ReadMeaning;
  /** What the supporter is spoken to in. */
  readonly language: string;
};

/**
 * Makes an event of what a channel read. Rule words are recognised here, before any flow; other texts
 * are given the intent they mean, or the nearest ones. A command means what it says.
 */
export function understand(inbound: Inbound, { rules, readMeaning, language }: Hearing): Event {
  const { input, at, channel } = inbound;
  // A payload that led nowhere is not kept.
  if (input.type === 'linked') return { type: 'said', text: '/start', at, channel };
  if (input.type !== 'said') return { ...input, at, channel };
  const rule = rules.get(fold(input.text));
  if (rule !== undefined) return { ...input, at, channel, rule };
  if (/^\s*\//.test(input.text)) return { ...input, at, channel };
  return { ...input, at, channel, ...readMeaning(input.text, language) };
}
