import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import { TERRITORIES } from '../../engine/calendar/make-calendar.js';
import { PURPOSES } from '../../engine/flow.js';
import { CHANNELS } from '../../engine/parse/names.js';
import { tellTurnout } from '../../outreach/election-day/tell-turnout.js';
import type { Votes } from '../../outreach/election-day/votes.js';
import { dayAfter, dayOf, startOf } from '../../outreach/segments/days.js';
import type { Query } from '../../store/table.js';
import { consentNow } from '../../supporters/consents-now.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { Dashboard, Figure } from '../api.js';
import { defineRoute, type Route } from '../route.js';
import { NOTHING } from './inputs.js';

export type DashboardOptions = {
  readonly supporters: Pick<Supporters, 'table'>;
  readonly votes: Pick<Votes, 'turnout'>;
  campaign(): Campaign;
  report(error: unknown): void;
  now(): number;
};

const DAYS = 14;
/** How old figures may be; older ones are told while new ones are counted. */
const FRESH_MS = 5_000;
const EVER = { $gt: new Date(0) };

/** What each figure counts; an index tells each of them. */
const COUNTED: { readonly [figure in Figure]: Query } = {
  supporters: { erasing: { $exists: false } },
  emails: { email: { $gt: '' } },
  confirmed: { email_confirmed_at: EVER },
  donors: { 'summary.donations.count': { $gte: 1 } },
  visited: { 'summary.visits.lastResult': { $gt: '' } },
  waiting: { 'handoff.at': EVER },
};
const FIGURES = [
  'supporters',
  'emails',
  'confirmed',
  'donors',
  'visited',
  'waiting',
] as const satisfies readonly Figure[];

/** The route that tells the campaign in figures. */
export function dashboardRoutes(options: DashboardOptions): Route[] {
  const { now } = options;
  let last: Dashboard | undefined;
  let counting: Promise<Dashboard> | undefined;

  /** Counts once for all who ask meanwhile. */
  function refresh(): Promise<Dashboard> {
    counting ??= count(options)
      .then((counted) => (last = counted))
      .finally(() => {
        counting = undefined;
      });
    return counting;
  }

  return [
    defineRoute<'GET /dashboard'>({
      type: 'json',
      key: 'GET /dashboard',
      name: 'readDashboard',
      summary: 'The campaign in figures: people, consents, channels, territories, turnout.',
      access: 'dashboard.read',
      input: NOTHING,
      output: z.object({
        at: z.string(),
        figures: z.array(z.object({ figure: z.enum(FIGURES), people: z.number() })),
        days: z.array(z.object({ day: z.string(), supporters: z.number(), confirmed: z.number() })),
        consents: z.array(z.object({ purpose: z.string(), people: z.number() })),
        channels: z.array(z.object({ channel: z.string(), people: z.number() })),
        territories: z.array(z.object({ territory: z.string(), people: z.number() })),
        turnout: z.array(z.object({ round: z.number(), people: z.number() })),
      }),
      audit: 'nothing',
      async handle() {
        if (last === undefined) return refresh();
        if (now() - new Date(last.at).getTime() > FRESH_MS) refresh().catch(options.report);
        return last;
      },
    }),
  ];
}

async function count({ supporters, votes, campaign, now }: DashboardOptions): Promise<Dashboard> {
  const { table } = supporters;
  const at = new Date(now());
  const { timezone, country } = campaign();
  const today = dayOf(at, timezone);
  const days = Array.from({ length: DAYS }, (_, index) => dayAfter(today, index - DAYS + 1));
  const within = (day: string): Query => ({
    $gte: startOf(day, timezone),
    $lt: startOf(dayAfter(day, 1), timezone),
  });
  const some = async <T extends object>(of: readonly (readonly [T, Query])[]) =>
    (
      await Promise.all(
        of.map(async ([name, query]) => ({ ...name, people: await table.count(query) })),
      )
    ).filter(({ people }) => people > 0);
  return {
    at: at.toISOString(),
    figures: await Promise.all(
      FIGURES.map(async (figure) => ({ figure, people: await table.count(COUNTED[figure]) })),
    ),
    days: await Promise.all(
      days.map(async (day) => ({
        day,
        supporters: await table.count({ created_at: within(day) }),
        confirmed: await table.count({ email_confirmed_at: within(day) }),
      })),
    ),
    consents: await some(
      PURPOSES.map((purpose) => [
        { purpose },
        { consents_now: consentNow(purpose, undefined, 'given') },
      ]),
    ),
    channels: await some(CHANNELS.map((channel) => [{ channel }, { reachable_on: channel }])),
    territories: await some(
      Object.keys(TERRITORIES[country]).map((territory) => [{ territory }, { territory }]),
    ),
    turnout: tellTurnout(await votes.turnout()).map(({ round, people }) => ({ round, people })),
  };
}
