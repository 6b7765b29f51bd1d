import { z } from 'zod';
import {
  SEGMENT_NAME,
  type Group,
  type Operator,
  type Rule,
} from '../../outreach/segments/segment.js';

/** What routes about segments take and give. */
export const segmentName = z.string().regex(SEGMENT_NAME, 'is no name of a segment');

const OPERATORS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'notIn',
  'between',
  'beginsWith',
  'doesNotBeginWith',
  'contains',
  'doesNotContain',
  'before',
  'after',
  'withinDays',
  'notWithinDays',
  'withinNextDays',
  'null',
  'notNull',
] as const satisfies readonly Operator[];

const operator = z.enum(OPERATORS);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const rule: z.ZodType<Rule> = z.strictObject({
  field: z.string().max(200),
  operator,
  value: z.union([scalar, z.array(scalar)]).exactOptional(),
});

/** Only its form; what it says is read by `readSegment`. */
export const group: z.ZodType<Group> = z.lazy(() =>
  z.strictObject({
    combinator: z.enum(['and', 'or']),
    not: z.literal(true).exactOptional(),
    rules: z.array(z.union([rule, group])).max(200),
  }),
);
export const keptSegment = z.object({
  name: z.string(),
  title: z.string(),
  combinator: z.enum(['and', 'or']),
  not: z.literal(true).exactOptional(),
  rules: z.array(z.union([rule, group])),
});

export const fault = z.object({ path: z.string(), message: z.string() });
export const segmentRow = z.object({
  name: z.string(),
  title: z.string(),
  author: z.string(),
  at: z.string(),
  rules: z.number(),
  uses: z.array(
    z.object({
      type: z.enum(['message', 'sequence', 'flow']),
      id: z.string(),
      name: z.string(),
    }),
  ),
  isFaulty: z.boolean(),
});
export const segmentField = z.object({
  name: z.string(),
  type: z.enum([
    'text',
    'number',
    'yes_no',
    'known',
    'list',
    'instant',
    'day',
    'consent',
    'counted',
  ]),
  operators: z.array(operator),
  values: z.array(z.string()).exactOptional(),
});
