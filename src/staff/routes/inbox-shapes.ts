import { z } from 'zod';

export const noteRow = z.object({
  id: z.string(),
  at: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  text: z.string(),
});

/** A conversation in the inbox, as the API tells it. */
export const conversationRow = z.object({
  id: z.string(),
  name: z.string(),
  channel: z.string(),
  language: z.string(),
  at: z.string(),
  last: z
    .object({ by: z.enum(['supporter', 'assistant', 'team']), text: z.string() })
    .exactOptional(),
  handoff: z
    .object({ since: z.string(), until: z.string(), reason: z.string().exactOptional() })
    .exactOptional(),
  isWaiting: z.boolean(),
  assigned: z.object({ id: z.string(), name: z.string() }).exactOptional(),
});

export const conversationView = conversationRow.extend({
  answerBy: z.string().exactOptional(),
  isClosed: z.boolean(),
  replies: z.array(z.object({ name: z.string(), text: z.string() })),
  silence: z.string().exactOptional(),
  notes: z.array(noteRow),
});

/** What happened just now. */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation'), supporter: z.string(), at: z.string() }),
  z.object({ type: z.literal('figures') }),
]);
