import type { Request } from 'express';
import type { Signer } from '../sign.js';
import type { StaffTables } from './staff-tables.js';
import type { Caller } from './route.js';

/** The cookie that holds the secret of a session. */
export const COOKIE = 'portevoix_staff';

/** Who sends a request; a session or token that is no more counts as nobody. */
export async function identify(
  request: Pick<Request, 'headers'>,
  { members, sessions, tokens }: Pick<StaffTables, 'members' | 'sessions' | 'tokens'>,
  at: Date,
): Promise<Caller> {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    const row = token === undefined ? undefined : await tokens.find(token, at);
    if (row === undefined) return NOBODY;
    return { type: 'program', id: row._id, name: row.name, role: row.role };
  }
  const secret = readCookie(cookie, COOKIE);
  if (secret === undefined) return NOBODY;
  const session = await sessions.find(secret, at);
  const member = session === undefined ? undefined : await members.get(session.member);
  if (session === undefined || member === undefined || member.disabled_at !== undefined) {
    return NOBODY;
  }
  const { _id: id, name, role } = member;
  return { type: 'person', id, name, role, session: session._id };
}

export const NOBODY: Caller = { type: 'nobody' };

/** What goes back with every change of a session, so that no other page can make one. */
export function csrfOf(signer: Signer, session: string): string {
  return signer.sign(session);
}

/** One cookie of a `Cookie` header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return undefined;
}
