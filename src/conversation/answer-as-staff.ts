import type { Limits } from '../channels/channel.js';
import type { Content } from '../engine/calendar/permit.js';
import type { Effect } from '../engine/effect.js';
import { documentBytes } from '../store/document-bytes.js';
import { DOCUMENT_BYTES, OUTBOX_ITEMS } from '../supporters/bounds.js';
import { answered, isSetAside } from '../supporters/handoff.js';
import type { JournalEntry, OutboxItem } from '../supporters/outbox-item.js';
import type { SupporterRecord } from '../supporters/record.js';
import { compose } from './compose.js';

/** Characters of one answer of staff: what every channel takes in one message. */
export const STAFF_TEXT_LIMIT = 4_000;

const LIMITS: Limits = {
  text: STAFF_TEXT_LIMIT,
  buttons: 0,
  buttonLabel: 0,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: true,
};

/** What becomes of what staff do: the record to write, or why there is none. */
export type StaffTurn =
  | { readonly type: 'done'; readonly record: SupporterRecord }
  /** The assistant has the conversation, or the supporter is being erased. */
  | { readonly type: 'not_waiting' }
  /** Too much is still to be sent to this supporter. */
  | { readonly type: 'busy' };

/**
 * Puts an answer of staff into the outbox of a supporter whose conversation they have, for the address
 * last written from: it is journalled and sent by whoever next finds the lease run out, which it does at
 * once where nobody is at work. `owner` names the writing process.
 */
export function answerAsStaff(
  record: SupporterRecord,
  answer: {
    readonly text: string;
    readonly at: Date;
    readonly owner: string;
    /** Absent: nobody vouches that it does not campaign. */
    readonly content?: Content;
  },
): StaffTurn {
  if (record.handoff === undefined || record.erasing !== undefined) return { type: 'not_waiting' };
  const { text, at, owner, content = 'campaign' } = answer;
  const { last } = record;
  const turn = record.turns + 1;
  const say: Effect = { type: 'say', flow: 'staff', key: 'reply', text };
  const entry: JournalEntry = {
    turn,
    at,
    ...last,
    event: { type: 'started', flow: 'staff', at: at.getTime(), channel: last.channel },
    effects: [say],
    staff: 'replied',
  };
  const sends = compose([say], LIMITS, record.language).map((message) => ({
    type: 'send' as const,
    ...last,
    message,
    at,
    content,
  }));
  const items = [{ type: 'journal' as const, entry }, ...sends].map((item, index): OutboxItem => ({
    id: `${turn}.${index}`,
    ...item,
  }));
  const handoff = answered(record.handoff, at);
  const next: SupporterRecord = {
    ...record,
    turns: turn,
    handoff,
    outbox: [...record.outbox, ...items],
    lease: record.lease ?? { owner, until: at },
    ...(isSetAside(record.session, handoff) ? { due: handoff.until } : {}),
  };
  const isFull = next.outbox.length > OUTBOX_ITEMS || documentBytes(next) > DOCUMENT_BYTES;
  return isFull ? { type: 'busy' } : { type: 'done', record: next };
}

/** Gives the conversation back: the next look at timers lets the assistant say so and ask again. */
export function closeHandoff(record: SupporterRecord, at: Date): StaffTurn {
  if (record.handoff === undefined || record.erasing !== undefined) return { type: 'not_waiting' };
  const handoff = { ...record.handoff, until: at };
  return { type: 'done', record: { ...record, handoff, due: at } };
}
