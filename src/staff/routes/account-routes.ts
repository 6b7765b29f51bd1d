import { z } from 'zod';
import type { Desk } from '../accounts/desk.js';
import { hashPassword, isGuessable } from '../accounts/password.js';
import { newSecondFactor, readCode } from '../accounts/second-factor.js';
import type { Seal } from '../accounts/secrets.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import type { StaffTables } from '../staff-tables.js';
import { guessable } from './access-routes.js';
import { code, DONE, id, newPassword, NOTHING, password, personName } from './inputs.js';
import { sessionView } from './session-view.js';

export type AccountOptions = {
  readonly tables: Pick<StaffTables, 'members' | 'sessions'>;
  readonly desk: Desk;
  readonly seal: Seal;
  /** Who an authenticator app says the code is for. */
  issuer(): string;
};

/** How long a second factor may be left between the picture and the first code. */
const BEGUN_MS = 900_000;

/** Routes about one's own account. */
export function accountRoutes({ tables, desk, seal, issuer }: AccountOptions): Route[] {
  const { members, sessions } = tables;
  const own = () => ({});
  return [
    defineRoute<'PATCH /account'>({
      type: 'json',
      key: 'PATCH /account',
      name: 'changeAccount',
      summary: 'Changes one’s own name.',
      access: 'signed_in',
      input: z.strictObject({ name: personName }),
      output: sessionView,
      audit: own,
      async handle({ name }, call) {
        const { _id } = await desk.self(call);
        const member = await members.change(_id, (row) => ({ ...row, name }));
        if (member === undefined || call.caller.type !== 'person') throw signedOut();
        return desk.view(member, call.caller.session);
      },
    }),
    defineRoute<'PUT /account/password'>({
      type: 'json',
      key: 'PUT /account/password',
      name: 'changePassword',
      summary: 'Changes one’s own password, and ends all other sessions.',
      access: 'signed_in',
      input: z.strictObject({ current: password.exactOptional(), password: newPassword }),
      output: DONE,
      audit: own,
      async handle(given, call) {
        const member = await desk.self(call);
        if (member.password !== undefined) {
          desk.slowDown(call, member.email);
          await desk.checkPassword(member, given.current ?? '');
        }
        if (isGuessable(given.password, member.email)) throw guessable();
        const hashed = await hashPassword(given.password);
        await members.change(member._id, (row) => ({ ...row, password: hashed }));
        if (call.caller.type === 'person') await sessions.endAll(member._id, call.caller.session);
        return { done: true };
      },
    }),
    defineRoute<'POST /account/second-factor'>({
      type: 'json',
      key: 'POST /account/second-factor',
      name: 'beginSecondFactor',
      summary: 'Begins a second factor: what an authenticator app reads.',
      access: 'signed_in',
      input: z.strictObject({ password }),
      output: z.object({ secret: z.string(), url: z.string(), squares: z.array(z.string()) }),
      audit: own,
      async handle(given, call) {
        const member = await desk.self(call);
        desk.slowDown(call, member.email);
        await desk.checkPassword(member, given.password);
        const factor = newSecondFactor(issuer(), member.email);
        const begun = { secret: seal.close(factor.secret), at: call.at };
        await members.change(member._id, (row) => ({ ...row, second_factor_begun: begun }));
        return factor;
      },
    }),
    defineRoute<'PUT /account/second-factor'>({
      type: 'json',
      key: 'PUT /account/second-factor',
      name: 'confirmSecondFactor',
      summary:
        'Confirms a second factor with its first code; from then on each sign-in asks for one.',
      access: 'signed_in',
      input: z.strictObject({ code }),
      output: DONE,
      audit: own,
      async handle(given, call) {
        const member = await desk.self(call);
        desk.slowDown(call, member.email);
        const { second_factor_begun: begun } = member;
        const isLate = begun === undefined || call.at.getTime() - begun.at.getTime() > BEGUN_MS;
        const secret = isLate ? undefined : seal.open(begun.secret);
        if (begun === undefined || secret === undefined) {
          throw new ApiRefusal(409, 'not_begun', 'Begin the second factor again.');
        }
        const step = readCode(secret, given.code, call.at, undefined);
        if (step === undefined) throw new ApiRefusal(422, 'wrong_code', 'This is not the code.');
        await members.change(member._id, ({ second_factor_begun: _begun, ...row }) => ({
          ...row,
          second_factor: { secret: begun.secret, step },
        }));
        return { done: true };
      },
    }),
    defineRoute<'DELETE /account/second-factor'>({
      type: 'json',
      key: 'DELETE /account/second-factor',
      name: 'removeSecondFactor',
      summary: 'Removes one’s own second factor.',
      access: 'signed_in',
      input: z.strictObject({ password }),
      output: DONE,
      audit: own,
      async handle(given, call) {
        const member = await desk.self(call);
        desk.slowDown(call, member.email);
        await desk.checkPassword(member, given.password);
        await members.change(member._id, ({ second_factor: _factor, ...row }) => row);
        return { done: true };
      },
    }),
    defineRoute<'GET /account/sessions'>({
      type: 'json',
      key: 'GET /account/sessions',
      name: 'listSessions',
      summary: 'Where one is signed in.',
      access: 'signed_in',
      input: NOTHING,
      output: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            agent: z.string(),
            createdAt: z.string(),
            seenAt: z.string(),
            isThis: z.boolean(),
          }),
        ),
      }),
      audit: 'nothing',
      async handle(_input, call) {
        const { _id } = await desk.self(call);
        const rows = await sessions.of(_id);
        const current = call.caller.type === 'person' ? call.caller.session : '';
        return {
          items: rows.map((row) => ({
            id: row._id,
            agent: row.agent,
            createdAt: row.created_at.toISOString(),
            seenAt: row.seen_at.toISOString(),
            isThis: row._id === current,
          })),
        };
      },
    }),
    defineRoute<'DELETE /account/sessions/:id'>({
      type: 'json',
      key: 'DELETE /account/sessions/:id',
      name: 'endSession',
      summary: 'Signs out one of one’s other browsers.',
      access: 'signed_in',
      input: z.strictObject({ id }),
      output: DONE,
      audit: own,
      async handle(given, call) {
        const { _id } = await desk.self(call);
        const isOwn = (await sessions.of(_id)).some((row) => row._id === given.id);
        if (!isOwn) throw new ApiRefusal(404, 'not_found', 'There is no such session.');
        await sessions.end(given.id);
        return { done: true };
      },
    }),
  ];
}

function signedOut(): ApiRefusal {
  return new ApiRefusal(401, 'signed_out', 'Sign in first.');
}
