import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import { pageAlong } from '../../store/page-along.js';
import type { Table } from '../../store/table.js';
import { findCurrent, nameAll } from '../../supporters/find-current.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { RoleDesk } from '../../volunteers/role-desk.js';
import type { Shifts } from '../../volunteers/shifts.js';
import { hoursBetween, type Hours } from '../../volunteers/volunteer-hours.js';
import type { VolunteerRoleRow } from '../../volunteers/volunteer-roles.js';
import type { VolunteerHoursRow } from '../api.js';
import { nameOf } from '../people/tell-supporter.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { day, spanOf } from './campaign-days.js';
import { DONE, id, limit, NOTHING } from './inputs.js';
import { hoursRow, role, roleView } from './shift-shapes.js';
import { pageOf } from './supporter-shapes.js';

export type VolunteerRouteOptions = {
  readonly shifts: Pick<Shifts, 'table'>;
  readonly roles: Table<VolunteerRoleRow>;
  readonly roleDesk: Pick<RoleDesk, 'decide'>;
  readonly supporters: Pick<Supporters, 'table'>;
  campaign(): Campaign;
};

const USUAL = 50;
const MOST_DAYS = 400;
const HOUR_MS = 3_600_000;

/** Routes about volunteers: the hours they gave, and the parts that the team gives them. */
export function volunteerRoutes(options: VolunteerRouteOptions): Route[] {
  const { shifts, roles, roleDesk, supporters, campaign } = options;

  /** Those who came, under the profiles they have now, who gave most first. */
  async function readHours(from: Date, until: Date): Promise<readonly VolunteerHoursRow[]> {
    const hours = await hoursBetween(shifts, from, until);
    const names = await nameAll([...hours.keys()], supporters.table);
    const people = new Map<string, Hours & { readonly name: string; readonly isKnown: boolean }>();
    for (const [signed, given] of hours) {
      const who = names.get(signed);
      const key = who?._id ?? signed;
      const before = people.get(key) ?? { shifts: 0, ms: 0 };
      people.set(key, {
        shifts: before.shifts + given.shifts,
        ms: before.ms + given.ms,
        name: who === undefined ? '' : nameOf(who),
        isKnown: who !== undefined,
      });
    }
    return [...people]
      .sort(([, one], [, other]) => other.ms - one.ms || other.shifts - one.shifts)
      .map(([supporter, { shifts: count, ms, name, isKnown }]) => ({
        ...(isKnown ? { supporter } : {}),
        name,
        shifts: count,
        hours: inHours(ms),
      }));
  }

  return [
    defineRoute<'GET /volunteers/counts'>({
      type: 'json',
      key: 'GET /volunteers/counts',
      name: 'countRequests',
      summary: 'How many requests of volunteers wait for the team.',
      access: 'volunteers.read',
      input: NOTHING,
      output: z.object({ asked: z.number() }),
      audit: 'nothing',
      handle: async () => ({ asked: await roles.count({ state: 'asked' }) }),
    }),
    defineRoute<'GET /volunteers/hours'>({
      type: 'json',
      key: 'GET /volunteers/hours',
      name: 'listHours',
      summary: 'The hours that volunteers gave in a time, those who gave most first.',
      access: 'volunteers.read',
      input: z.strictObject({
        from: day,
        until: day,
        before: z
          .string()
          .regex(/^\d{1,7}$/)
          .exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: pageOf(hoursRow).extend({
        people: z.number(),
        shifts: z.number(),
        hours: z.number(),
      }),
      audit: () => ({}),
      async handle({ before = '0', limit: most = USUAL, ...days }) {
        const { from, until } = spanOf(days, MOST_DAYS, campaign());
        const rows = await readHours(from, until);
        const begin = Number(before);
        const end = begin + most;
        return {
          people: rows.length,
          shifts: rows.reduce((sum, row) => sum + row.shifts, 0),
          hours: Math.round(rows.reduce((sum, row) => sum + row.hours, 0) * 100) / 100,
          items: rows.slice(begin, end),
          ...(end < rows.length ? { next: String(end) } : {}),
        };
      },
    }),
    defineRoute<'GET /volunteers/roles'>({
      type: 'json',
      key: 'GET /volunteers/roles',
      name: 'listRoles',
      summary: 'Who asked for a part that the team gives, and what it said.',
      access: 'volunteers.read',
      input: z.strictObject({
        state: z.enum(['asked', 'approved', 'declined']),
        before: z.string().max(200).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: pageOf(roleView),
      audit: () => ({}),
      async handle({ state, before, limit: most = USUAL }) {
        const part = await pageAlong(roles, {
          filter: { state },
          field: 'at',
          // Who waits longest is first; of decisions the latest.
          order: state === 'asked' ? 1 : -1,
          before,
          limit: most,
        });
        const names = await nameAll(
          part.items.map(({ supporter }) => supporter),
          supporters.table,
        );
        return {
          ...part,
          items: part.items.flatMap((row) => {
            const who = names.get(row.supporter);
            if (who === undefined) return [];
            const { role: part_, at } = row;
            return [
              {
                supporter: who._id,
                name: nameOf(who),
                role: part_,
                state: row.state,
                since: at.toISOString(),
              },
            ];
          }),
        };
      },
    }),
    defineRoute<'POST /volunteers/roles'>({
      type: 'json',
      key: 'POST /volunteers/roles',
      name: 'decideRole',
      summary: 'Lets somebody take a part, or not; they are told once.',
      access: 'volunteers.write',
      input: z.strictObject({ supporter: id, role, state: z.enum(['approved', 'declined']) }),
      output: DONE,
      audit: (input) => ({ supporter: input.supporter, about: `${input.role} ${input.state}` }),
      async handle({ supporter, role: part, state }) {
        const record = await findCurrent(supporter, supporters.table);
        if (record === undefined || record.erasing !== undefined) {
          throw new ApiRefusal(404, 'not_found', 'There is no such supporter (any more).');
        }
        const person = { supporter: record._id, ids: identitiesOf(record) };
        await roleDesk.decide(person, part, state);
        return { done: true };
      },
    }),
  ];
}

function inHours(ms: number): number {
  return Math.round((ms / HOUR_MS) * 100) / 100;
}
