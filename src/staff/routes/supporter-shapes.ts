import { z } from 'zod';

/** A supporter in a list, as the API tells it. */
export const supporterRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().exactOptional(),
  phone: z.string().exactOptional(),
  town: z.string().exactOptional(),
  language: z.string(),
  tags: z.array(z.string()),
  channels: z.array(z.string()),
  createdAt: z.string(),
  heardAt: z.string().exactOptional(),
  isWithTeam: z.boolean(),
});

const named = z.array(z.object({ name: z.string(), value: z.string() }));

/** All that is known of one. */
export const supporterView = supporterRow.extend({
  firstName: z.string().exactOptional(),
  lastName: z.string().exactOptional(),
  emailConfirmedAt: z.string().exactOptional(),
  postalCode: z.string().exactOptional(),
  supportLevel: z.number().exactOptional(),
  place: z.record(z.string(), z.string()),
  fields: named,
  preferences: named,
  addresses: z.array(
    z.object({
      channel: z.string(),
      address: z.string(),
      reachable: z.boolean(),
      since: z.string(),
    }),
  ),
  consentsNow: z.array(z.object({ purpose: z.string(), given: z.boolean() })),
  merges: z.array(
    z.object({
      id: z.string(),
      kept: z.string(),
      merged: z.string(),
      at: z.string(),
      proof: z.enum(['link', 'code', 'staff']),
      reason: z.string().exactOptional(),
      undoneAt: z.string().exactOptional(),
      canUndo: z.boolean(),
    }),
  ),
  segments: z.array(z.string()),
  donations: z.object({ count: z.number(), totalCents: z.number() }).exactOptional(),
});

export const consentRow = z.object({
  purpose: z.string(),
  channel: z.string().exactOptional(),
  given: z.boolean(),
  wording: z.string(),
  version: z.string(),
  language: z.string(),
  source: z.string(),
  at: z.string(),
});

const item = z.object({ id: z.string(), at: z.string(), channel: z.string().exactOptional() });

/** One thing in somebody's history. */
export const timelineItem = z.discriminatedUnion('type', [
  item.extend({
    type: z.literal('message'),
    by: z.enum(['supporter', 'assistant', 'team']),
    text: z.string(),
    options: z.array(z.string()).exactOptional(),
    files: z.array(z.object({ name: z.string(), media: z.string() })).exactOptional(),
    isChoice: z.boolean().exactOptional(),
  }),
  item.extend({ type: z.literal('remembered'), field: z.string(), value: z.string() }),
  item.extend({ type: z.literal('consent'), purpose: z.string(), given: z.boolean() }),
  item.extend({ type: z.literal('handoff'), what: z.enum(['asked', 'given_back']) }),
  item.extend({
    type: z.literal('delivery'),
    message: z.string(),
    state: z.string(),
    reason: z.string().exactOptional(),
  }),
  item.extend({ type: z.literal('note'), by: z.string(), text: z.string() }),
]);

/** A part of a list. */
export function pageOf<T extends z.ZodType>(one: T) {
  return z.object({ items: z.array(one), next: z.string().exactOptional() });
}
