import { z } from 'zod';
import { DAY_FIGURES } from '../figures/day-figures.js';
import type { Figures } from '../figures/figures.js';
import { FIGURES } from '../figures/standing.js';
import { defineRoute, type Route } from '../route.js';
import { NOTHING } from './inputs.js';

const MOST_DAYS = 366;

const counts = z.record(z.string(), z.number());
const dayCount = z.object({
  total: z.number(),
  channels: counts,
  territories: counts,
  kinds: counts,
});

/** Routes that tell the campaign in figures, without a name. */
export function dashboardRoutes({
  figures,
}: {
  readonly figures: Pick<Figures, 'standing' | 'days'>;
}): Route[] {
  return [
    defineRoute<'GET /dashboard'>({
      type: 'json',
      key: 'GET /dashboard',
      name: 'readDashboard',
      summary:
        'How things stand: people, consents, channels, territories, donations, places, doors, turnout.',
      access: 'dashboard.read',
      input: NOTHING,
      output: z.object({
        at: z.string(),
        isCounting: z.boolean(),
        figures: z.array(z.object({ figure: z.enum(FIGURES), people: z.number() })),
        consents: z.array(z.object({ purpose: z.string(), people: z.number() })),
        channels: z.array(z.object({ channel: z.string(), people: z.number() })),
        territories: z.array(z.object({ territory: z.string(), people: z.number() })),
        donations: z.object({
          cents: z.number(),
          gifts: z.number(),
          currency: z.enum(['EUR', 'USD']),
          isTrial: z.boolean(),
        }),
        shifts: z.object({ places: z.number(), taken: z.number() }),
        doors: z.object({ known: z.number(), visits: z.number() }),
        turnout: z.array(z.object({ round: z.number(), people: z.number() })),
      }),
      audit: 'nothing',
      handle: () => figures.standing(),
    }),
    defineRoute<'GET /dashboard/days'>({
      type: 'json',
      key: 'GET /dashboard/days',
      name: 'readDays',
      summary:
        'What happened on each of the last days, by channel and territory; days that are over are counted again now and then.',
      access: 'dashboard.read',
      input: z.strictObject({ days: z.coerce.number().int().min(1).max(MOST_DAYS) }),
      output: z.object({
        from: z.string(),
        today: z.string(),
        days: z.array(
          z.object({
            day: z.string(),
            countedAt: z.string(),
            counts: z.record(z.enum(DAY_FIGURES), dayCount),
          }),
        ),
        isCounting: z.boolean(),
      }),
      audit: 'nothing',
      handle: ({ days }) => figures.days(days),
    }),
  ];
}
