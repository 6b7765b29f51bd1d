import type { Effect } from '../engine/effect.js';
import type { JournalEntry, OutboxItem } from '../supporters/outbox-item.js';
import { answered, isSetAside } from '../supporters/handoff.js';
import type { Reach, SupporterRecord } from '../supporters/record.js';
import { compose } from './compose.js';

/** Characters in one message, on every channel. */
const TEXT_LIMIT = 4_000;
const LIMITS = {
  text: TEXT_LIMIT,
  buttons: 0,
  buttonLabel: 0,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: true,
};

/**
 * Puts an answer of staff into the outbox of a supporter whose conversation they have: it is journalled
 * and sent by whoever next finds the lease run out, which it does at once where nobody is at work.
 * Undefined when the assistant has the conversation. `owner` names the writing process.
 */
export function answerAsStaff(
  record: SupporterRecord,
  answer: {
    readonly text: string;
    readonly reach: Reach;
    readonly at: Date;
    readonly owner: string;
  },
): SupporterRecord | undefined {
  if (record.handoff === undefined) return undefined;
  const { text, reach, at, owner } = answer;
  const turn = record.turns + 1;
  const say: Effect = { type: 'say', flow: 'staff', key: 'reply', text };
  const entry: JournalEntry = {
    turn,
    at,
    ...reach,
    event: { type: 'started', flow: 'staff', at: at.getTime(), channel: reach.channel },
    effects: [say],
    staff: 'replied',
  };
  const sends = compose([say], LIMITS, record.language).map((message) => ({
    type: 'send' as const,
    ...reach,
    message,
    at,
  }));
  const items = [{ type: 'journal' as const, entry }, ...sends].map((item, index): OutboxItem => ({
    id: `${turn}.${index}`,
    ...item,
  }));
  const handoff = answered(record.handoff, at);
  return {
    ...record,
    turns: turn,
    handoff,
    outbox: [...record.outbox, ...items],
    lease: record.lease ?? { owner, until: at },
    ...(isSetAside(record.session, handoff) ? { due: handoff.until } : {}),
  };
}

/**
 * Gives the conversation back: the next look at timers lets the assistant say so and ask again.
 * Undefined when it has the conversation already.
 */
export function closeHandoff(record: SupporterRecord, at: Date): SupporterRecord | undefined {
  if (record.handoff === undefined) return undefined;
  return { ...record, handoff: { ...record.handoff, until: at }, due: at };
}
