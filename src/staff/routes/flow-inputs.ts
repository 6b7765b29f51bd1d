import { z } from 'zod';
import type { FlowSentence } from '../api.js';

/** What routes about flows take in and give. */
export const flowName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/, 'cannot be the name of a flow');
export const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'is no language');
export const revision = z.number().int().min(0);
export const version = z.string().regex(/^[0-9a-f]{8}$/, 'is no version');
export const comment = z.string().trim().max(500, 'is too long').exactOptional();
/** Larger than any flow that people can still read. */
export const yaml = z.string().max(400_000, 'is too long');
export const words = z.record(language, yaml);

export const file = z.object({ path: z.string(), text: z.string() });
const sentence: z.ZodType<FlowSentence> = z.lazy(() =>
  z.object({ text: z.string(), values: z.array(z.union([z.string(), sentence])) }),
);
export const problem = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  sentence: sentence.exactOptional(),
});
const valueType = z.enum(['text', 'number', 'boolean', 'date', 'list', 'amount', 'location']);
export const action = z.object({
  name: z.string(),
  arguments: z.record(
    z.string(),
    z.object({ type: valueType, optional: z.boolean().exactOptional() }),
  ),
  result: z.record(z.string(), valueType).exactOptional(),
});
export const failedTranscript = z.object({ file: z.string(), title: z.string(), text: z.string() });

/** Bytes of a draft with its words in every language. */
export const MOST_BYTES = 2_000_000;
