import { z } from 'zod';
import type { SequenceDefinition, SequenceStart } from '../../outreach/sequences/sequence.js';
import type { SequenceRow } from '../../outreach/sequences/sequences.js';
import { happeningKey } from '../../supporters/happening.js';
import type { SequenceRowView, SequenceView } from '../api.js';
import { deliveryCounts } from './message-shapes.js';

/** What routes about sequences take and give. */
export const sequenceText = z.string().max(100_000);
export const sequenceRow = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['active', 'paused']),
  start: z.string(),
  steps: z.number(),
  createdAt: z.string(),
});
export const sequenceView = z.object({
  name: z.string(),
  start: z.string(),
  ends: z.object({ answered: z.boolean(), segment: z.string().exactOptional() }),
  steps: z.array(
    z.object({
      after: z.union([
        z.object({ type: z.literal('span'), ms: z.number() }),
        z.object({ type: z.literal('day'), days: z.number(), time: z.string() }),
      ]),
      purpose: z.string(),
      content: z.enum(['campaign', 'neutral']),
      mode: z.enum(['interrupt', 'skip', 'passive']),
      channels: z.array(z.string()),
      words: z.record(z.string(), z.string()).exactOptional(),
      flow: z.string().exactOptional(),
    }),
  ),
});
export const textProblem = z.object({
  line: z.number(),
  column: z.number(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
});

const words = z.record(z.string().max(20), z.string().max(20_000));
const value = z.string().max(200);
const capCount = z.number().int().min(1).max(1_000);
export const sequenceDraft = z.strictObject({
  name: z.string().max(200),
  start: z.discriminatedUnion('type', [
    z.strictObject({ type: z.enum(['consent', 'tag', 'signup', 'silent']), value }),
    z.strictObject({ type: z.literal('donation') }),
    z.strictObject({ type: z.literal('field'), field: value, value }),
  ]),
  leave: z.strictObject({ answered: z.boolean(), segment: z.string().max(64) }),
  steps: z
    .array(
      z.strictObject({
        after: z.discriminatedUnion('type', [
          z.strictObject({
            type: z.literal('span'),
            count: z.number().int().min(1).max(100_000),
            unit: z.enum(['minutes', 'hours', 'days']),
          }),
          z.strictObject({
            type: z.literal('day'),
            days: z.number().int().min(0).max(1_000),
            time: z.string().max(10),
          }),
        ]),
        purpose: z.string().max(40),
        content: z.enum(['campaign', 'neutral']),
        says: z.enum(['words', 'flow']),
        words,
        flow: z.string().max(100),
        skips: z.boolean(),
        channels: z.array(z.string().max(40)).max(20),
        urgent: z.boolean(),
        cap: z.union([
          z.literal('usual'),
          z.literal('none'),
          z.strictObject({ messages: capCount, days: capCount }),
        ]),
      }),
    )
    .max(30),
});
const number = z.number();
export const stepCounts = z.object({
  ...deliveryCounts.shape,
  reasons: z.record(z.string(), number),
});
const left = z.enum(['left_answered', 'left_segment', 'left_taken_out']);
export const sequenceTotals = z.object({
  began: number,
  within: number,
  finished: number,
  left: z.object({ left_answered: number, left_segment: number, left_taken_out: number }),
});
export const standing = z.enum(['within', 'finished', 'left']);
export const personRow = z.object({
  supporter: z.string(),
  name: z.string(),
  standing,
  reason: left.exactOptional(),
  step: number,
  at: z.string(),
});

/** A sequence in a list. */
export function tellRow({
  _id: of,
  definition,
  state,
  created_at: created,
}: SequenceRow): SequenceRowView {
  return {
    id: of,
    name: definition.name,
    state: state === 'active' ? 'active' : 'paused',
    start: startOf(definition.start),
    steps: definition.steps.length,
    createdAt: created.toISOString(),
  };
}

/** What a sequence is. */
export function tellSequence({ name, start, leave, steps }: SequenceDefinition): SequenceView {
  return {
    name,
    start: startOf(start),
    ends: {
      answered: leave.answered === true,
      ...(leave.segment === undefined ? {} : { segment: leave.segment }),
    },
    steps: steps.map(({ after, purpose, content, mode, channels, says }) => ({
      after,
      purpose,
      content,
      mode,
      channels,
      ...(says.type === 'words' ? { words: says.words } : { flow: says.flow }),
    })),
  };
}

function startOf(start: SequenceStart): string {
  return start.type === 'silent' ? `silent:${start.days}` : happeningKey(start);
}
