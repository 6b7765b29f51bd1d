import { z } from 'zod';
import type { Donations } from '../../donations/book/donations.js';
import type { Anomaly } from '../../donations/treasurer/anomalies.js';
import { balanceOf } from '../../donations/treasurer/balance.js';
import type { Campaign } from '../../engine/campaign.js';
import { currencyOf } from '../../engine/currency.js';
import { pageAlong } from '../../store/page-along.js';
import { nameAll } from '../../supporters/find-current.js';
import type { Supporters } from '../../supporters/supporters.js';
import { keepLatest } from '../keep-latest.js';
import { nameOf } from '../people/tell-supporter.js';
import { defineRoute, type Route } from '../route.js';
import { anomaly, ledgerBalance, pledgeRow } from './donation-shapes.js';
import { limit, NOTHING } from './inputs.js';
import { pageOf } from './supporter-shapes.js';

export type DonationReportOptions = {
  readonly tables: Donations;
  readonly supporters: Pick<Supporters, 'table'>;
  /** Reads every donation, so it is asked now and then only. */
  anomalies(): Promise<readonly Anomaly[]>;
  campaign(): Campaign;
  report(error: unknown): void;
  now(): number;
};

const USUAL = 50;
/** How old what reads everything may be. */
const ANOMALIES_FOR_MS = 60_000;
const BALANCE_FOR_MS = 30_000;

/** Routes about donations as a whole: what to look at, what the ledger comes to, what was promised. */
export function donationReportRoutes(options: DonationReportOptions): Route[] {
  const { tables, supporters, campaign, report, now } = options;
  const anomalies = keepLatest({
    look: options.anomalies,
    freshMs: ANOMALIES_FOR_MS,
    report,
    now,
  });
  const balance = keepLatest({
    look: () => balanceOf(tables),
    freshMs: BALANCE_FOR_MS,
    report,
    now,
  });
  return [
    defineRoute<'GET /donations/anomalies'>({
      type: 'json',
      key: 'GET /donations/anomalies',
      name: 'listAnomalies',
      summary:
        'What the treasurer should look at: over the ceiling, late, disputed, returned unasked.',
      access: 'donations.read',
      input: z.strictObject({
        before: z
          .string()
          .regex(/^\d{1,7}$/)
          .exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: pageOf(anomaly).extend({ at: z.string().exactOptional(), count: z.number() }),
      audit: () => ({}),
      async handle({ before = '0', limit: most = USUAL }) {
        const known = anomalies.known();
        if (known === undefined) return { items: [], count: 0 };
        const begin = Number(before);
        const part = known.found.slice(begin, begin + most);
        const names = await nameAll(
          part.flatMap(({ supporter = [] }) => supporter),
          supporters.table,
        );
        const items = part.map(({ kind, donations, cents, supporter = '' }) => {
          const who = names.get(supporter);
          return {
            kind,
            references: donations,
            cents,
            ...(who === undefined ? {} : { name: nameOf(who), supporter: who._id }),
          };
        });
        const end = begin + most;
        return {
          at: new Date(known.at).toISOString(),
          count: known.found.length,
          items,
          ...(end < known.found.length ? { next: String(end) } : {}),
        };
      },
    }),
    defineRoute<'GET /donations/counts'>({
      type: 'json',
      key: 'GET /donations/counts',
      name: 'countAnomalies',
      summary: 'How much there is to be looked at among donations, without whom it is about.',
      access: 'donations.read',
      input: NOTHING,
      output: z.object({ anomalies: z.number(), at: z.string().exactOptional() }),
      audit: 'nothing',
      async handle() {
        const known = anomalies.known();
        if (known === undefined) return { anomalies: 0 };
        return { anomalies: known.found.length, at: new Date(known.at).toISOString() };
      },
    }),
    defineRoute<'GET /donations/balance'>({
      type: 'json',
      key: 'GET /donations/balance',
      name: 'readBalance',
      summary: 'What the ledger comes to, by gateway and currency.',
      access: 'donations.read',
      input: NOTHING,
      output: z.object({ at: z.string(), items: z.array(ledgerBalance) }),
      audit: 'nothing',
      async handle() {
        const { at, found } = await balance.fresh();
        return { at: new Date(at).toISOString(), items: found };
      },
    }),
    defineRoute<'GET /pledges'>({
      type: 'json',
      key: 'GET /pledges',
      name: 'listPledges',
      summary:
        'Promises to give: those that are reminded of by their next day, or those that ended.',
      access: 'donations.read',
      input: z.strictObject({
        state: z.enum(['active', 'ended']),
        before: z.string().max(200).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: pageOf(pledgeRow),
      audit: () => ({}),
      async handle({ state, before, limit: most = USUAL }) {
        const part = await pageAlong(tables.pledges, {
          filter: { state },
          field: 'due',
          order: state === 'active' ? 1 : -1,
          before,
          limit: most,
        });
        const names = await nameAll(
          part.items.map(({ supporter }) => supporter),
          supporters.table,
        );
        const currency = currencyOf(campaign().country);
        return {
          ...part,
          items: part.items.map((row) => {
            const { _id: of, cents, monthly, on, reminded, ended_by: endedBy } = row;
            const who = names.get(row.supporter);
            return {
              id: of,
              name: who === undefined ? '' : nameOf(who),
              ...(who === undefined ? {} : { supporter: who._id }),
              cents,
              currency,
              isMonthly: monthly,
              state: row.state,
              ...(endedBy === undefined ? {} : { endedBy }),
              on,
              reminded,
            };
          }),
        };
      },
    }),
  ];
}
