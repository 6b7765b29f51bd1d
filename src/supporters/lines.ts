import type { Json } from '../engine/json.js';
import type { JournalRow } from './journal.js';

/** One thing said, or done with buttons, in the order it happened. */
export type Line = {
  /** ISO 8601. */
  readonly at: string;
  readonly channel: string;
  readonly by: 'supporter' | 'assistant' | 'team';
  readonly what: Json;
};

/** What both sides said in one turn. */
export function linesOf({ at, channel, event, effects, staff }: JournalRow): Line[] {
  const when = { at: at.toISOString(), channel };
  const lines: Line[] = [];
  const heard = heardOf(event);
  if (heard !== undefined) lines.push({ ...when, by: 'supporter', what: heard });
  for (const effect of effects) {
    if (effect.type !== 'say') continue;
    const by = staff === 'replied' ? 'team' : 'assistant';
    lines.push({ ...when, by, what: { said: effect.text } });
  }
  return lines;
}

/** What the supporter did; undefined for what no person did. */
function heardOf(event: JournalRow['event']): Json | undefined {
  switch (event.type) {
    case 'said':
      return { said: event.text };
    case 'chose':
      return { chose: event.values };
    case 'sent':
      return { sent: event.media };
    case 'shared':
      return 'contact' in event
        ? { shared_contact: { ...event.contact } }
        : { shared_location: { ...event.location } };
    case 'opened':
      return { opened: true };
    case 'edited':
      return { edited: true };
    case 'returned':
    case 'started':
    case 'elapsed':
      return undefined;
    default:
      return event satisfies never;
  }
}
