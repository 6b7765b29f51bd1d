import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { writeEmail, type MemberRow } from '../accounts/members.js';
import type { ApiToken } from '../accounts/tokens.js';
import type { TeamMember, TokenRow } from '../api.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import type { StaffTables } from '../staff-tables.js';
import { DONE, email, id, NOTHING, personName, role } from './inputs.js';

export type TeamOptions = {
  readonly tables: StaffTables;
  /** Where an invitation is opened. */
  joinUrl(secret: string): string;
  /** Mails an invitation, where mail is set up; one that cannot leave is shown all the same. */
  mailInvitation(member: MemberRow, url: string): Promise<void>;
};

const member = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  state: z.enum(['invited', 'active', 'disabled']),
  hasSecondFactor: z.boolean(),
  createdAt: z.string(),
  signedInAt: z.string().exactOptional(),
});
const token = z.object({
  id: z.string(),
  name: z.string(),
  role,
  createdAt: z.string(),
  usedAt: z.string().exactOptional(),
});

/** Routes about who is on the staff, and about keys for programs. */
export function teamRoutes({ tables, joinUrl, mailInvitation }: TeamOptions): Route[] {
  const { members, sessions, links, tokens } = tables;

  /** There is always one who administers, or nobody could let anybody in. */
  async function keepOne(of: string): Promise<void> {
    const others = await members.table.find({
      role: 'admin',
      joined_at: { $gt: new Date(0) },
      disabled_at: { $exists: false },
    });
    if (others.some(({ _id }) => _id !== of)) return;
    throw new ApiRefusal(409, 'last_administrator', 'This is the last administrator.');
  }

  return [
    defineRoute<'GET /team'>({
      type: 'json',
      key: 'GET /team',
      name: 'listTeam',
      summary: 'Everybody on the staff.',
      access: 'team.write',
      input: NOTHING,
      output: z.object({ items: z.array(member) }),
      audit: 'nothing',
      async handle() {
        const rows = await members.table.find({}, { sort: { created_at: 1 } });
        return { items: rows.map(tellMember) };
      },
    }),
    defineRoute<'POST /team'>({
      type: 'json',
      key: 'POST /team',
      name: 'inviteMember',
      summary: 'Invites somebody: answers the one-time link, and mails it.',
      access: 'team.write',
      input: z.strictObject({ email, name: personName, role }),
      output: z.object({ member, link: z.string() }),
      audit: 'itself',
      async handle(given, call) {
        const row: MemberRow = {
          _id: randomUUID(),
          revision: 1,
          email: writeEmail(given.email),
          name: given.name,
          role: given.role,
          created_at: call.at,
        };
        if (!(await members.insert(row))) {
          throw new ApiRefusal(409, 'taken', 'There is an account with this e-mail already.');
        }
        await call.note({ action: 'inviteMember', about: row._id });
        const link = joinUrl(await links.make('join', row._id, call.at));
        await mailInvitation(row, link);
        return { member: tellMember(row), link };
      },
    }),
    defineRoute<'PATCH /team/:id'>({
      type: 'json',
      key: 'PATCH /team/:id',
      name: 'changeMember',
      summary: 'Gives somebody another role, or locks them out and lets them in again.',
      access: 'team.write',
      input: z.strictObject({
        id,
        role: role.exactOptional(),
        disabled: z.boolean().exactOptional(),
      }),
      output: member,
      audit: (input) => ({ about: input.id }),
      async handle(given, call) {
        const loses = given.disabled === true || (given.role ?? 'admin') !== 'admin';
        if (loses) await keepOne(given.id);
        const changed = await members.change(given.id, ({ disabled_at: since, ...row }) => {
          const isOut = given.disabled ?? since !== undefined;
          return {
            ...row,
            ...(given.role === undefined ? {} : { role: given.role }),
            ...(isOut ? { disabled_at: since ?? call.at } : {}),
          };
        });
        if (changed === undefined) throw unknown();
        if (changed.disabled_at !== undefined) {
          await sessions.endAll(given.id);
          await links.endAll(given.id);
        }
        return tellMember(changed);
      },
    }),
    defineRoute<'POST /team/:id/link'>({
      type: 'json',
      key: 'POST /team/:id/link',
      name: 'renewInvitation',
      summary:
        'A fresh one-time link, by which somebody chooses a new password without second factor.',
      access: 'team.write',
      input: z.strictObject({ id }),
      output: z.object({ link: z.string() }),
      audit: (input) => ({ about: input.id }),
      async handle(given, call) {
        const row = await members.get(given.id);
        if (row === undefined || row.disabled_at !== undefined) throw unknown();
        const link = joinUrl(await links.make('join', row._id, call.at));
        await mailInvitation(row, link);
        return { link };
      },
    }),
    defineRoute<'GET /tokens'>({
      type: 'json',
      key: 'GET /tokens',
      name: 'listTokens',
      summary: 'The keys by which programs call the API.',
      access: 'team.write',
      input: NOTHING,
      output: z.object({ items: z.array(token) }),
      audit: 'nothing',
      handle: async () => ({ items: (await tokens.list()).map(tellToken) }),
    }),
    defineRoute<'POST /tokens'>({
      type: 'json',
      key: 'POST /tokens',
      name: 'makeToken',
      summary: 'Makes a key for a program; it is shown this once.',
      access: 'team.write',
      input: z.strictObject({ name: personName, role }),
      output: z.object({ row: token, token: z.string() }),
      audit: 'itself',
      async handle(given, call) {
        const made = await tokens.make(given.name, given.role, call.at);
        await call.note({ action: 'makeToken', about: made.row._id });
        return { row: tellToken(made.row), token: made.token };
      },
    }),
    defineRoute<'DELETE /tokens/:id'>({
      type: 'json',
      key: 'DELETE /tokens/:id',
      name: 'endToken',
      summary: 'Ends a key.',
      access: 'team.write',
      input: z.strictObject({ id }),
      output: DONE,
      audit: (input) => ({ about: input.id }),
      async handle(given) {
        if (!(await tokens.end(given.id))) throw unknown();
        return { done: true };
      },
    }),
  ];
}

function tellMember(row: MemberRow): TeamMember {
  const { _id, email: address, name, role: is, created_at: created, signed_in_at: seen } = row;
  const joined = row.joined_at === undefined ? 'invited' : 'active';
  return {
    id: _id,
    email: address,
    name,
    role: is,
    state: row.disabled_at === undefined ? joined : 'disabled',
    hasSecondFactor: row.second_factor !== undefined,
    createdAt: created.toISOString(),
    ...(seen === undefined ? {} : { signedInAt: seen.toISOString() }),
  };
}

function tellToken({
  _id,
  name,
  role: is,
  created_at: created,
  used_at: used,
}: ApiToken): TokenRow {
  return {
    id: _id,
    name,
    role: is,
    createdAt: created.toISOString(),
    ...(used === undefined ? {} : { usedAt: used.toISOString() }),
  };
}

function unknown(): ApiRefusal {
  return new ApiRefusal(404, 'not_found', 'There is no such member or key.');
}
