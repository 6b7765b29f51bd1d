import type { Json } from '../engine/json.js';
import { tellFile, type ToldFile } from './files/tell-file.js';
import type { FileRow } from './files/files.js';
import type { JournalRow } from './journal.js';

/** One thing said, or done with buttons, in the order it happened. */
export type Line = {
  /** ISO 8601. */
  readonly at: string;
  readonly channel: string;
  readonly by: 'supporter' | 'assistant' | 'team';
  readonly what: Json;
  /** What came with it, as far as it was given to be told. */
  readonly files?: readonly ToldFile[];
};

/** What both sides said in one turn; `files` are those that came with it. */
export function linesOf(row: JournalRow, files: readonly FileRow[] = []): Line[] {
  const { at, channel, event, effects, staff } = row;
  const when = { at: at.toISOString(), channel };
  const lines: Line[] = [];
  const heard = heardOf(event);
  const shown = files.length === 0 ? {} : { files: files.map(tellFile) };
  if (heard !== undefined) lines.push({ ...when, by: 'supporter', what: heard, ...shown });
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
      return event.files === undefined
        ? { said: event.text }
        : { said: event.text, with: event.files.map(({ media }) => media) };
    case 'chose':
      return { chose: event.values };
    case 'sent':
      return event.also === undefined
        ? { sent: event.media }
        : { sent: [event.media, ...event.also.map(({ media }) => media)] };
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
