import { z } from 'zod';
import { DELIVERY_STATES } from '../../outreach/messages/deliveries.js';
import { MESSAGE_STATES } from '../../outreach/messages/message.js';

/** What routes about messages take and give. */
export const draftTime = z.union([
  z.strictObject({ type: z.literal('instant'), at: z.string().max(40) }),
  z.strictObject({
    type: z.literal('before'),
    days: z.number().int().min(0).max(400),
    time: z.string().max(10),
    round: z.union([z.literal(1), z.literal(2)]),
  }),
]);
const LONGEST = 20_000;
const count = z.number().int().min(1).max(1_000);

export const messageDraft = z.strictObject({
  name: z.string().max(200),
  purpose: z.string().max(40),
  content: z.enum(['campaign', 'neutral']),
  segment: z.string().max(64),
  says: z.enum(['words', 'flow']),
  words: z.record(z.string().max(20), z.string().max(LONGEST)),
  flow: z.string().max(100),
  at: draftTime,
  expires: draftTime.exactOptional(),
  channels: z.array(z.string().max(40)).max(20),
  urgent: z.boolean(),
  cap: z.union([
    z.literal('usual'),
    z.literal('none'),
    z.strictObject({ messages: count, days: count }),
  ]),
});

export const messageState = z.enum(MESSAGE_STATES);
export const problem = z.object({
  field: z.string(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
});
export const messageRow = z.object({
  id: z.string(),
  name: z.string(),
  state: messageState,
  purpose: z.string(),
  content: z.enum(['campaign', 'neutral']),
  segment: z.string().exactOptional(),
  channels: z.array(z.string()),
  createdAt: z.string(),
  startsAt: z.string().exactOptional(),
  endedAt: z.string().exactOptional(),
  recipients: z.number().exactOptional(),
});
export const messageView = z.object({
  row: messageRow,
  message: messageDraft,
  revision: z.number().exactOptional(),
  problems: z.array(problem),
  author: z.string().exactOptional(),
});

const counts = z.record(z.string(), z.number());
const span = { from: z.number(), until: z.number() };
export const planView = z.object({
  recipients: z.number(),
  cannot: counts,
  late: counts,
  start: z.number().exactOptional(),
  end: z.number().exactOptional(),
  latestSafeStart: z.number().exactOptional(),
  picture: z.object({
    ...span,
    now: z.number(),
    channels: z.array(
      z.object({
        channel: z.string(),
        recipients: z.number(),
        rate: z.number(),
        sends: z.array(z.object(span)),
      }),
    ),
    calendars: z.array(
      z.object({
        territories: z.array(z.string()),
        people: z.number(),
        due: z.number(),
        expires: z.number().exactOptional(),
        closed: z.array(z.object({ ...span, rule: z.string() })),
        polls: z.array(z.object(span)),
      }),
    ),
  }),
});

const [planned, sending, sent, delivered, read, failed, skipped, unknown] = DELIVERY_STATES;
const number = z.number();
const states = {
  [planned]: number,
  [sending]: number,
  [sent]: number,
  [delivered]: number,
  [read]: number,
  [failed]: number,
  [skipped]: number,
  [unknown]: number,
};
export const deliveryCounts = z.object(states);
export const progress = z.object({
  state: messageState,
  ...states,
  reasons: counts,
  rate: number,
  endsAt: z.string().exactOptional(),
});
const place = z.object({ channel: z.string(), isTheirs: z.boolean() });
export const testOutcome = z.object({ sent: z.array(place), failed: z.array(place) });
