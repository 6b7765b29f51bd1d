import { z } from 'zod';
import { hashPassword, isGuessable, isPassword } from '../accounts/password.js';
import type { Desk } from '../accounts/desk.js';
import { writeEmail, type MemberRow } from '../accounts/members.js';
import type { SessionView } from '../api.js';
import { ApiRefusal, defineRoute, type Call, type Route } from '../route.js';
import type { StaffTables } from '../staff-tables.js';
import {
  code,
  DONE,
  email,
  newPassword,
  NOTHING,
  password,
  personName,
  role,
  secret,
} from './inputs.js';
import { sessionView } from './session-view.js';

export type AccessOptions = {
  readonly tables: StaffTables;
  readonly desk: Desk;
  /** Mails a link that signs in. */
  mailLink(member: MemberRow, secret: string): Promise<void>;
};

/** The one id of whoever becomes the first administrator: of two links used at once, one wins. */
export const FIRST = 'first-administrator';

/** Routes by which people come in and go out. */
export function accessRoutes({ tables, desk, mailLink }: AccessOptions): Route[] {
  const { members, sessions, links } = tables;

  /** The member whose password this is; takes as long for an account that is not there. */
  async function admit(call: Call, given: string, typed: string): Promise<MemberRow> {
    const account = writeEmail(given);
    desk.slowDown(call, account);
    const member = await members.byEmail(account);
    const isIt = await isPassword(member?.password, typed);
    if (member !== undefined && isIt && isIn(member)) return member;
    if (member !== undefined) await refuseNoted(call, member);
    throw new ApiRefusal(422, 'wrong_sign_in', 'This e-mail and password do not fit.');
  }

  async function takeLink(call: Call, token: string) {
    desk.slowDown(call);
    const row = await links.find(token, ['sign_in'], call.at);
    const member = row?.member === undefined ? undefined : await members.get(row.member);
    if (row === undefined || member === undefined || !isIn(member)) throw gone();
    return { row, member };
  }

  async function invitation(token: string, at: Date) {
    const row = await links.find(token, ['first', 'join'], at);
    if (row === undefined) throw gone();
    if (row.purpose === 'first') {
      if (await members.hasAdministrator()) throw gone();
      return { row, member: undefined };
    }
    const member = row.member === undefined ? undefined : await members.get(row.member);
    if (member === undefined || member.disabled_at !== undefined) throw gone();
    return { row, member };
  }

  async function join(
    call: Call,
    given: { token: string; name: string; password: string; email?: string },
  ): Promise<SessionView> {
    desk.slowDown(call);
    const { row, member } = await invitation(given.token, call.at);
    const address = member?.email ?? writeEmail(given.email ?? '');
    if (address === '') {
      const fields = [{ path: 'email', message: 'is missing' }];
      throw new ApiRefusal(400, 'invalid', 'Some of the input is not right.', { fields });
    }
    if (isGuessable(given.password, address)) throw guessable();
    const hashed = await hashPassword(given.password);
    const joined =
      member === undefined
        ? await beginFirst(address, given.name, hashed, call.at)
        : await members.change(member._id, (found) => {
            const { second_factor: _lost, second_factor_begun: _begun, ...rest } = found;
            return {
              ...rest,
              name: given.name,
              password: hashed,
              joined_at: found.joined_at ?? call.at,
            };
          });
    if (joined === undefined || !(await links.use(row))) throw gone();
    // Whoever has an old session may be whom a lost password is changed for.
    await sessions.endAll(joined._id);
    await call.note({ action: 'joined', who: { id: joined._id, name: joined.name } });
    return desk.signIn(joined, call);
  }

  async function beginFirst(
    address: string,
    name: string,
    hashed: string,
    at: Date,
  ): Promise<MemberRow | undefined> {
    const row: MemberRow = {
      _id: FIRST,
      revision: 1,
      email: address,
      name,
      role: 'admin',
      created_at: at,
      joined_at: at,
      password: hashed,
    };
    if (await members.insert(row)) return row;
    throw new ApiRefusal(409, 'taken', 'There is an account with this e-mail already.');
  }

  return [
    defineRoute<'GET /session'>({
      type: 'json',
      key: 'GET /session',
      name: 'readSession',
      summary: 'Who is signed in, and what they may.',
      access: 'signed_in',
      input: NOTHING,
      output: sessionView,
      audit: 'nothing',
      async handle(_input, call) {
        const member = await desk.self(call);
        return desk.view(member, sessionOf(call));
      },
    }),
    defineRoute<'POST /sign-in'>({
      type: 'json',
      key: 'POST /sign-in',
      name: 'signIn',
      summary:
        'Signs in with e-mail and password, and the code of a second factor where there is one.',
      access: 'anybody',
      input: z.strictObject({ email, password, code: code.exactOptional() }),
      output: sessionView,
      audit: 'itself',
      async handle(given, call) {
        const member = await admit(call, given.email, given.password);
        try {
          await desk.checkCode(member, given.code, call.at);
        } catch (error) {
          if (given.code !== undefined) await refuseNoted(call, member);
          throw error;
        }
        return desk.signIn(member, call);
      },
    }),
    defineRoute<'POST /sign-in/mail'>({
      type: 'json',
      key: 'POST /sign-in/mail',
      name: 'mailSignIn',
      summary:
        'Mails a link that signs in within a quarter of an hour, if there is such an account.',
      access: 'anybody',
      input: z.strictObject({ email }),
      output: z.object({ sent: z.literal(true) }),
      audit: 'itself',
      async handle(given, call) {
        const account = writeEmail(given.email);
        desk.slowDown(call, account);
        const member = await members.byEmail(account);
        if (member !== undefined && isIn(member)) {
          const token = await links.make('sign_in', member._id, call.at);
          await call.note({ action: 'mailSignIn', who: { id: member._id, name: member.name } });
          await mailLink(member, token);
        }
        return { sent: true };
      },
    }),
    defineRoute<'POST /sign-in/link'>({
      type: 'json',
      key: 'POST /sign-in/link',
      name: 'signInByLink',
      summary: 'Signs in with the token of a mailed link, once.',
      access: 'anybody',
      input: z.strictObject({ token: secret, code: code.exactOptional() }),
      output: sessionView,
      audit: 'itself',
      async handle({ token, code: given }, call) {
        const { row, member } = await takeLink(call, token);
        // A code that is wrong leaves the link as it is.
        await desk.checkCode(member, given, call.at);
        if (!(await links.use(row))) throw gone();
        return desk.signIn(member, call);
      },
    }),
    defineRoute<'POST /join/look'>({
      type: 'json',
      key: 'POST /join/look',
      name: 'lookAtInvitation',
      summary: 'Whom an invitation is for.',
      access: 'anybody',
      input: z.strictObject({ token: secret }),
      output: z.object({ first: z.boolean(), email: z.string().exactOptional(), role }),
      audit: 'nothing',
      async handle({ token }, call) {
        desk.slowDown(call);
        const { member } = await invitation(token, call.at);
        return member === undefined
          ? { first: true, role: 'admin' }
          : { first: false, email: member.email, role: member.role };
      },
    }),
    defineRoute<'POST /join'>({
      type: 'json',
      key: 'POST /join',
      name: 'join',
      summary: 'Accepts an invitation: a name and a password, and the session begins.',
      access: 'anybody',
      input: z.strictObject({
        token: secret,
        name: personName,
        password: newPassword,
        email: email.exactOptional(),
      }),
      output: sessionView,
      audit: 'itself',
      handle: (given, call) => join(call, given),
    }),
    defineRoute<'POST /sign-out'>({
      type: 'json',
      key: 'POST /sign-out',
      name: 'signOut',
      summary: 'Ends the session of this browser.',
      access: 'signed_in',
      input: NOTHING,
      output: DONE,
      audit: () => ({}),
      async handle(_input, call) {
        await sessions.end(sessionOf(call));
        call.setSession(undefined);
        return { done: true };
      },
    }),
  ];
}

/** Whether somebody may come in at all. */
function isIn({ joined_at: joined, disabled_at: disabled }: MemberRow): boolean {
  return joined !== undefined && disabled === undefined;
}

function sessionOf({ caller }: Call): string {
  return caller.type === 'person' ? caller.session : '';
}

async function refuseNoted(call: Call, { _id, name }: MemberRow): Promise<void> {
  await call.note({ action: 'signInRefused', who: { id: _id, name } });
}

function gone(): ApiRefusal {
  return new ApiRefusal(410, 'link_gone', 'This link was used already, or is too old.');
}

export function guessable(): ApiRefusal {
  const fields = [{ path: 'password', message: 'is one of those tried first' }];
  return new ApiRefusal(400, 'guessable', 'This password is too easy to guess.', { fields });
}
