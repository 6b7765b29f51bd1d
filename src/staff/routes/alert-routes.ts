import { z } from 'zod';
import type { Alerts } from '../alerts/alerts.js';
import type { AlertKind, FirstStep, OutputOf } from '../api.js';
import { may } from '../permissions.js';
import { defineRoute, type Route } from '../route.js';
import { NOTHING } from './inputs.js';

const KINDS = [
  'waiting',
  'anomalies',
  'outings',
  'channel',
  'no_worker',
  'failed',
  'unknown',
  'behind',
  'flow_errors',
  'silence_comes',
  'silence',
] as const satisfies readonly AlertKind[];

export const FIRST_STEPS = [
  'campaign',
  'flows',
  'channels',
  'mail',
  'gateway',
  'team',
  'people',
  'shifts',
  'doors',
] as const satisfies readonly FirstStep[];

/** Routes that tell what somebody should look at, and what a campaign does first. */
export function alertRoutes(options: {
  readonly alerts: Alerts;
  firstSteps(): Promise<OutputOf<'GET /first-steps'>['steps']>;
}): Route[] {
  return [
    defineRoute<'GET /alerts'>({
      type: 'json',
      key: 'GET /alerts',
      name: 'listAlerts',
      summary: 'What somebody should look at, as far as the caller may see and cure it.',
      access: 'dashboard.read',
      input: NOTHING,
      output: z.object({
        items: z.array(
          z.object({
            kind: z.enum(KINDS),
            count: z.number(),
            about: z.string().exactOptional(),
            sequence: z.string().exactOptional(),
            name: z.string().exactOptional(),
            reason: z.string().exactOptional(),
            at: z.string().exactOptional(),
          }),
        ),
        at: z.string(),
        isCounting: z.boolean(),
      }),
      audit: 'nothing',
      handle: async (_input, { caller }) =>
        options.alerts.list(
          (permission) => caller.type !== 'nobody' && may(caller.role, permission),
        ),
    }),
    defineRoute<'GET /first-steps'>({
      type: 'json',
      key: 'GET /first-steps',
      name: 'readFirstSteps',
      summary: 'What a campaign does first, and what of it is done.',
      access: 'dashboard.read',
      input: NOTHING,
      output: z.object({
        steps: z.array(z.object({ step: z.enum(FIRST_STEPS), isDone: z.boolean() })),
      }),
      audit: 'nothing',
      handle: async () => ({ steps: await options.firstSteps() }),
    }),
  ];
}
